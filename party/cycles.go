package party

// cycles tells, for chains in which each code names the next one, which codes
// stand on a loop. Every code is walked once, so all of them together are O(n).
type cycles struct {
	next func(Code) Code
	mark map[Code]walk
}

type walk int8

const (
	walking walk = iota + 1 // on the path that is being followed
	looping                 // on a loop
	passing                 // on no loop, though the chain may lead into one
)

func newCycles(next func(Code) Code) *cycles { return &cycles{next, map[Code]walk{}} }

// member reports whether following next from c leads back to c itself.
func (y *cycles) member(c Code) bool {
	var path []Code
	end := c
	for end != "" && y.mark[end] == 0 {
		y.mark[end] = walking
		path = append(path, end)
		end = y.next(end)
	}
	verdict := passing
	for _, p := range path {
		if p == end {
			verdict = looping // from here on the path has come back to itself
		}
		y.mark[p] = verdict
	}
	return y.mark[c] == looping
}
