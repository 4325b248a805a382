package grid

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/internal/apportion"
)

// whole is 100 % in basis points.
const whole = 10_000

// shares are the links of land with what they have, by code, nobody's last.
// Slivers go with the largest one.
func (l land) shares(other *edition) []Share {
	total := l.total()
	if total == 0 {
		return nil
	}
	var out []Share
	slivers := total
	for _, r := range l.links() {
		out = append(out, Share{Unit: other.code(r), Area: l[r].area})
		slivers -= l[r].area
	}
	slices.SortFunc(out, func(a, b Share) int {
		if (a.Unit == "") != (b.Unit == "") {
			return cmp.Compare(b.Unit, a.Unit)
		}
		return cmp.Compare(a.Unit, b.Unit)
	})
	largest := 0
	weights := make([]int64, len(out))
	for i, s := range out {
		if s.Area > out[largest].Area {
			largest = i
		}
	}
	out[largest].Area += slivers
	for i, s := range out {
		weights[i] = s.Area
	}
	points, err := apportion.Append([]int64(nil), whole, weights)
	if err != nil { // impossible: total is above zero
		return nil
	}
	for i := range out {
		out[i].BasisPoints = int(points[i])
	}
	return out
}
