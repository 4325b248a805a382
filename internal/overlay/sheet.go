package overlay

// Point is a place in whole units of 1e-7 degree: X is longitude, |X| ≤ 1.8e9;
// Y is latitude, |Y| ≤ 9e8.
type Point struct{ X, Y int32 }

// Density is the area of a square degree at a latitude in degrees, in the unit
// of area that the answers are to have. It must be smooth, as geodesy.Density is.
type Density func(lat float64) float64

// Flat is the density of the plane: areas are in square degrees.
func Flat(float64) float64 { return 1 }

// Sheet is the work space of measurements, one after another; it is used by one
// goroutine. Begin lays down a subject; Mask and Claim lay regions over it; Parts
// measures.
type Sheet struct {
	weight weight
	origin Point // of all coordinates below: the lower left corner of the subject's box
	box    box
	regions
	pieces []piece // of all regions, each region's together
	stack  []piece // of the boxes being halved
	sweep  sweep
}

// regions counts what was laid down: region 0 is the subject, then masks and
// claims in the order given.
type regions struct {
	claimOf []int32 // by region: the number of the claim, or mask
	claims  int
}

// mask stands in claimOf for a region that takes land away.
const mask = -1

// NewSheet is an empty sheet on which areas are weighed by density.
func NewSheet(density Density) *Sheet { return &Sheet{weight: newWeight(density)} }

// Begin forgets everything and lays down the region whose land is measured. The
// rings are not kept; they may be closed or not. O(points).
func (s *Sheet) Begin(rings [][]Point) {
	s.claimOf, s.claims = append(s.claimOf[:0], mask), 0
	s.pieces = s.pieces[:0]
	s.box = box{}
	low, high, some := extent(rings)
	if !some {
		return
	}
	s.origin = low
	s.box = box{0, 0, float64(high.X) - float64(low.X), float64(high.Y) - float64(low.Y)}
	s.add(rings)
}

// Mask takes the land of a region away from the subject.
func (s *Sheet) Mask(rings [][]Point) {
	s.claimOf = append(s.claimOf, mask)
	s.add(rings)
}

// Claim lays down a region that owns what it has in common with the subject,
// save what earlier claims own. Claims are numbered from 0 in the order given.
func (s *Sheet) Claim(rings [][]Point) {
	s.claimOf = append(s.claimOf, int32(s.claims))
	s.claims++
	s.add(rings)
}

// add appends the pieces of a region within the subject's box.
func (s *Sheet) add(rings [][]Point) {
	region := int32(len(s.claimOf) - 1)
	from := len(s.stack)
	for _, ring := range rings {
		for i, q := range ring {
			p := ring[(i+len(ring)-1)%len(ring)]
			if p.Y != q.Y {
				s.stack = append(s.stack, piece{s.relative(p), s.relative(q), region})
			}
		}
	}
	s.pieces = clip(s.stack[from:], s.box, s.pieces)
	s.stack = s.stack[:from]
}

func (s *Sheet) relative(p Point) place {
	return place{float64(p.X) - float64(s.origin.X), float64(p.Y) - float64(s.origin.Y)}
}

// Parts answers the area that each claim owns of the subject's land, and the
// rest that none owns. The answer is in dst's memory when that has room. Areas
// are never negative; together they are the area of the subject without masks.
func (s *Sheet) Parts(dst []float64) (parts []float64, rest float64) {
	s.sweep.begin(s.regions)
	s.measure(s.pieces, s.box)
	const perSquareUnit = 1e-14 // square degrees in a square unit
	for i := range s.sweep.area {
		s.sweep.area[i] *= perSquareUnit
	}
	return append(dst[:0], s.sweep.area[1:]...), s.sweep.area[0]
}

// halveFrom is the number of pieces from which a box is halved.
const halveFrom = 512

// measure sweeps the pieces of a box, or those of its halves when they are many
// and halving does not cut most of them in two.
func (s *Sheet) measure(pieces []piece, b box) {
	if len(pieces) >= halveFrom && b.east-b.west > 2 && b.north-b.south > 2 {
		for _, halves := range b.halves() {
			if s.halve(pieces, halves) {
				return
			}
		}
	}
	s.sweep.run(pieces, b, &s.weight, s.origin.Y)
}

// halve measures two halves of a box, unless one of them has more than three
// quarters of the pieces.
func (s *Sheet) halve(pieces []piece, halves [2]box) bool {
	from := len(s.stack)
	s.stack = clip(pieces, halves[0], s.stack)
	middle := len(s.stack)
	s.stack = clip(pieces, halves[1], s.stack)
	first, second := s.stack[from:middle:middle], s.stack[middle:len(s.stack):len(s.stack)]
	parted := max(len(first), len(second)) <= len(pieces)*3/4
	if parted {
		s.measure(first, halves[0])
		s.measure(second, halves[1])
	}
	s.stack = s.stack[:from]
	return parted
}

// Area is the area that two regions have in common.
func (s *Sheet) Area(a, b [][]Point) float64 {
	s.Begin(a)
	s.Claim(b)
	parts, _ := s.Parts(nil)
	return parts[0]
}

func extent(rings [][]Point) (low, high Point, some bool) {
	for _, ring := range rings {
		for _, p := range ring {
			if !some {
				low, high, some = p, p, true
			}
			low = Point{min(low.X, p.X), min(low.Y, p.Y)}
			high = Point{max(high.X, p.X), max(high.Y, p.Y)}
		}
	}
	return low, high, some
}
