package points

import (
	"time"

	"github.com/gridgov/gridgov/internal/civil"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Marks is the ledger of the points of one subdistrict. It is a deterministic
// machine for one writer and not safe for concurrent use; Decide and every query
// leave it unchanged, so they may run side by side between two calls of Apply. The
// zero Marks is empty and reckons its dates in UTC.
type Marks struct {
	zone      *time.Location
	authority Authority
	seq       uint64
	last      int64 // Unix milliseconds of the last entry
	keys      keyed.Index
	refused   map[uint64]Refusal // by sequence number, for replays
	adoptions []adoption         // in the order of adoption
	accounts  map[accountKey]*account
	marks     map[Code]*mark
	years     map[int]int // accounts of each year
}

// adoption is a plan with the year from which it holds.
type adoption struct {
	at   int64
	year int
	plan Plan
}

type accountKey struct {
	subject Code
	year    int
}

// account is the points of one subject in one year. Sums are of what stands, as
// amounts above zero: [0] awards, [1] deductions.
type account struct {
	accountKey
	version uint64
	marks   []*mark // in the order of recording
	sums    [2]Points
	buckets map[bucket]Points // by item and period, above zero
	lines   []Line            // without Balance
}

// bucket is what the cap of an item is about.
type bucket struct {
	item  Code
	first Date // of the period
}

// mark is an award or a deduction. given is what it stands for now.
type mark struct {
	Awarded
	account  *account
	bucket   bucket
	deducts  bool
	given    Points // above zero also for a deduction
	asked    Points
	reversed bool
	seq      uint64
}

// NewMarks is an empty ledger whose dates are those of zone: the date of a command,
// and with it the natural year of a deed without a date of its own. nil is UTC. No
// zone is further than 26 hours from UTC: an offset beyond that counts as 26 hours.
func NewMarks(zone *time.Location) *Marks { return &Marks{zone: zone} }

// Authority says who may do what. A *party.Directory is one.
type Authority interface {
	// Allows reports whether a person acting on a post may use a right ("assess")
	// over a party or area at the instant.
	Allows(person, post Code, right string, scope Code, at time.Time) bool
}

// Under makes the ledger ask a for rights from now on; nil allows everything. The
// zero Actor, the host itself, is never asked about. It is no fact: entries hold
// what was decided, so a ledger that is replayed needs no authority.
func (m *Marks) Under(a Authority) { m.authority = a }

// Seq is the sequence number of the last entry, 0 for none.
func (m *Marks) Seq() uint64 { return m.seq }

// offsetMax is the largest distance from UTC, as internal/civil bounds it. With it a
// date is that of the instant or one of the two days beside it, as Apply asks.
const offsetMax = 26 * time.Hour

// date is the date of an instant in the ledger's zone.
func (m *Marks) date(ms int64) Date {
	at := time.UnixMilli(ms).UTC()
	if m.zone == nil {
		return civil.DateOf(at, nil)
	}
	_, seconds := at.In(m.zone).Zone()
	offset := max(-offsetMax, min(time.Duration(seconds)*time.Second, offsetMax))
	return civil.DateOf(at.Add(offset), nil)
}

// plan is the plan of a year as adopted by an instant, nil for none.
func (m *Marks) plan(year int, by int64) *Plan {
	var best *adoption
	for i := range m.adoptions {
		a := &m.adoptions[i]
		if a.at <= by && a.year <= year && (best == nil || a.year >= best.year) {
			best = a
		}
	}
	if best == nil {
		return nil
	}
	return &best.plan
}

// inUse reports whether something is recorded in a year that a plan adopted for
// year would serve: up to the next year for which one is adopted.
func (m *Marks) inUse(year int) bool {
	until := civil.YearMax + 1
	for _, a := range m.adoptions {
		if a.year > year {
			until = min(until, a.year)
		}
	}
	for y, n := range m.years {
		if n > 0 && y >= year && y < until {
			return true
		}
	}
	return false
}

// room is what the caps leave for an item in the period of a date, and which cap
// leaves it with its size.
func (a *account) room(p *Plan, item *Item, b bucket) (room Points, cut Cut, size Points) {
	of, size := item.limit(), p.cap(item.Points < 0)
	inItem, inYear := of, size
	if a != nil {
		inItem, inYear = of-a.buckets[b], size-a.sums[side(item.Points < 0)]
	}
	if inItem <= inYear {
		return max(0, inItem), CutItem, of
	}
	return max(0, inYear), CutYear, size
}

// side is the place of deductions or awards among sums.
func side(deducts bool) int {
	if deducts {
		return 1
	}
	return 0
}

// signed is an amount above zero as points: below zero for a deduction.
func signed(amount Points, deducts bool) Points {
	if deducts {
		return -amount
	}
	return amount
}

func amount(p Points) Points { return max(p, -p) }

// refills shares what the reversal of gone frees among the marks that were cut, the
// earliest recorded first. O(marks of the account).
func (a *account) refills(p *Plan, gone *mark) []Refill {
	var list []Refill
	freed := map[bucket]Points{gone.bucket: gone.given} // less what was given again
	year := p.cap(gone.deducts) - a.sums[side(gone.deducts)] + gone.given
	for _, m := range a.marks {
		if m == gone || m.reversed || m.deducts != gone.deducts || m.given == m.asked {
			continue
		}
		item, ok := p.item(m.Item)
		if !ok {
			continue // cannot be: a plan in use keeps its items
		}
		room := min(year, item.limit()-a.buckets[m.bucket]+freed[m.bucket])
		if more := min(room, m.asked-m.given); more > 0 {
			list = append(list, Refill{m.Award, signed(more, m.deducts)})
			freed[m.bucket] -= more
			year -= more
		}
	}
	return list
}

// put sets a key of a map that may not have been made yet.
func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}
