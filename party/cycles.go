package party

// cycles tells, for chains in which each code names the next one, which codes
// lead into a loop. Every code is walked once, so all of them together are O(n).
type cycles struct {
	next func(Code) Code
	mark map[Code]walk
}

type walk int8

const (
	walking walk = iota + 1
	endless
	finite
)

func newCycles(next func(Code) Code) *cycles { return &cycles{next, map[Code]walk{}} }

// member reports whether following next from c leads back to c itself.
func (y *cycles) member(c Code) bool {
	if !y.looped(c) {
		return false
	}
	seen := map[Code]bool{}
	for at := y.next(c); at != c; at = y.next(at) {
		if seen[at] {
			return false // c only leads into the loop
		}
		seen[at] = true
	}
	return true
}

// looped reports whether following next from c never ends.
func (y *cycles) looped(c Code) bool {
	var path []Code
	for c != "" && y.mark[c] == 0 {
		y.mark[c] = walking
		path = append(path, c)
		c = y.next(c)
	}
	verdict := finite
	if c != "" && y.mark[c] != finite {
		verdict = endless
	}
	for _, p := range path {
		y.mark[p] = verdict
	}
	return verdict == endless
}
