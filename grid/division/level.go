package division

// Level is how far in a code names a place; the zero Level is none. A smaller
// one is further out.
type Level uint8

// The levels, outermost first.
const (
	Province   Level = 1 + iota // 省级, digits 1-2
	Prefecture                  // 地级, digits 3-4
	County                      // 县级, digits 5-6
	Street                      // 乡级: 街道, 镇, 乡, digits 7-9
	Community                   // 村级: 社区, 村, digits 10-12
	Grid                        // 单元网格, digits 13-15
)

// layout is each level's place in a code, by level.
var layout = [Grid + 1]struct {
	from, to int    // digits, counted from 1, both included
	unit     uint64 // what 1 in this part adds to a Code
	top      uint64 // the largest number of this part
}{
	Province:   {1, 2, 1e13, 99},
	Prefecture: {3, 4, 1e11, 99},
	County:     {5, 6, 1e9, 99},
	Street:     {7, 9, 1e6, 999},
	Community:  {10, 12, 1e3, 999},
	Grid:       {13, 15, 1, 999},
}

// levelOf is the level whose last digit is the n-th, or none.
func levelOf(n int) Level {
	for l := Province; l <= Grid; l++ {
		if layout[l].to == n {
			return l
		}
	}
	return 0
}

// Known reports whether l is one of the six levels.
func (l Level) Known() bool { return Province <= l && l <= Grid }

// Digits is the place of l's part in a code, counted from 1, both included; 0, 0
// for no level.
func (l Level) Digits() (from, to int) {
	if !l.Known() {
		return 0, 0
	}
	return layout[l].from, layout[l].to
}

// String is the level's English name.
func (l Level) String() string { return l.Text("en") }

// Text is the level's name: "zh" is Chinese, anything else English.
func (l Level) Text(lang string) string {
	if !l.Known() {
		l = 0
	}
	return texts.Text(lang, levelTexts[l])
}
