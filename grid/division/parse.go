package division

// Parse reads a code of 2, 4, 6, 9, 12 or 15 ASCII digits and nothing else. The
// error is a *ParseError with every fault of the code and its place. O(len),
// no allocation unless it fails.
func Parse(s string) (Code, error) {
	c, ok := read(s)
	if !ok {
		return 0, diagnose(s)
	}
	return c, nil
}

// read is the code that s spells, if it spells a valid one.
func read[T ~string | ~[]byte](s T) (Code, bool) {
	level := levelOf(len(s))
	if level == 0 {
		return 0, false
	}
	n := uint64(0)
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = 10*n + uint64(d)
	}
	c := Code(n * layout[level].unit)
	if c.wrong(level == Grid) != 0 {
		return 0, false
	}
	return c, true
}

// levels is a set of levels, one bit each.
type levels uint8

func (s levels) has(l Level) bool { return s&(1<<l) != 0 }

// wrong is the levels whose parts break a rule. A part of zeros is wrong if a
// later part is not zero; full says that the code was written with a sequence,
// so that no part of it may be zero.
func (c Code) wrong(full bool) levels {
	last := max(Province, c.Level())
	if full {
		last = Grid
	}
	var bad levels
	for l := Province; l <= last; l++ {
		if n := c.Part(l); !c.allowed(l, n) {
			bad |= 1 << l
		}
	}
	return bad
}

// allowed reports whether c may have the number n at level l, on the way to a
// place at that level or further in.
func (c Code) allowed(l Level, n int) bool {
	switch l {
	case Province:
		return isProvince(n)
	case Prefecture:
		return n != 0 || withoutPrefectures(c.Part(Province))
	case County:
		return n != 0 || withoutCounties(100*c.Part(Province)+c.Part(Prefecture))
	case Street:
		return 0 < n && n <= streetTop
	default:
		return n != 0
	}
}

// streetTop is the largest street part of GB/T 10114. None of the 41,352
// streets of the statistical bureau's list of 2023 has a larger one.
const streetTop = 599

// isProvince knows the provinces, autonomous regions, municipalities and special
// administrative regions of GB/T 2260.
func isProvince(n int) bool {
	switch n / 10 {
	case 1: // 北京 天津 河北 山西 内蒙古
		return 11 <= n && n <= 15
	case 2: // 辽宁 吉林 黑龙江
		return 21 <= n && n <= 23
	case 3: // 上海 江苏 浙江 安徽 福建 江西 山东
		return 31 <= n && n <= 37
	case 4: // 河南 湖北 湖南 广东 广西 海南
		return 41 <= n && n <= 46
	case 5: // 重庆 四川 贵州 云南 西藏
		return 50 <= n && n <= 54
	case 6: // 陕西 甘肃 青海 宁夏 新疆
		return 61 <= n && n <= 65
	default: // 台湾 香港 澳门
		return n == 71 || n == 81 || n == 82
	}
}

// withoutPrefectures reports whether a province's counties come directly under it.
func withoutPrefectures(province int) bool {
	return province == 81 || province == 82 // 香港 澳门
}

// withoutCounties reports whether a prefecture's streets come directly under it.
func withoutCounties(prefecture int) bool {
	switch prefecture {
	case 4419, 4420, 4603, 4604, 6202: // 东莞 中山 三沙 儋州 嘉峪关
		return true
	}
	return false
}
