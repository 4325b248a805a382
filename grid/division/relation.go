package division

// cut is c without the parts further in than l.
func (c Code) cut(l Level) Code { return c - c%Code(layout[l].unit) }

// At is the place at level l in which c lies, c itself at its own level. It
// reports false if l is further in than c, if l is no level, and where c's place
// has nothing at that level: 441900003 has no county.
func (c Code) At(l Level) (Code, bool) {
	if !l.Known() || c.Part(l) == 0 {
		return 0, false
	}
	return c.cut(l), true
}

// Parent is the next place further out in which c lies. A province has none.
func (c Code) Parent() (Code, bool) {
	l := c.Level()
	if l <= Province {
		return 0, false
	}
	return c.cut(l - 1), true
}

// Covers reports whether d is c or lies in it, by its digits. The zero Code
// covers nothing and lies in nothing.
func (c Code) Covers(d Code) bool {
	l := c.Level()
	return l != 0 && d.cut(l) == c
}

// End is the number after everything in c: the codes d with c <= d and d <
// c.End() are those that c covers. The zero Code has no end but itself.
func (c Code) End() Code {
	l := c.Level()
	if l == 0 {
		return c
	}
	return c + Code(layout[l].unit)
}

// Child is the place with the number n at level l directly in c: the unit grid
// 12 of a community, the street 3 of a county or of a prefecture without
// counties. The zero Code's children are the provinces. It reports false if
// that is not a valid code.
func (c Code) Child(l Level, n int) (Code, bool) {
	if !l.Known() || l <= c.Level() || n <= 0 || uint64(n) > layout[l].top || c != 0 && !c.Valid() {
		return 0, false
	}
	d := c + Code(uint64(n)*layout[l].unit)
	return d, d.Valid()
}
