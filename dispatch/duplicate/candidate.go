package duplicate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/phrase"
)

// Kin is how the matter of a candidate stands to that of the report.
type Kin uint8

// The kins.
const (
	SameMatter    Kin = iota
	SiblingMatter     // of one Policy.Group
	OtherMatter       // neither; such a candidate has the same asset
)

// kinShares is the part of the score that each kin has, in basis points.
var kinShares = [...]int64{SameMatter: 10_000, SiblingMatter: 8_000, OtherMatter: 5_000}

// The parts of the score, in tenths.
const (
	nearTenths  = 6
	freshTenths = 4
)

// Candidate is an open report that a new one may repeat (疑似重复), and why.
type Candidate struct {
	Case  Code
	Score int // basis points, 0 to ScoreMax; see the package

	SameAsset bool
	Asset     Code // the one of both, when SameAsset
	Kin       Kin
	Matter    Code          // of the candidate
	Group     Code          // of both, when Kin is SiblingMatter
	Placed    bool          // both places are known
	Away      grid.Meters   // between them, in whole millimetres, when Placed
	At        time.Time     // of the candidate, in UTC
	Apart     time.Duration // how much later the report is; negative when it is earlier; at most what a Duration holds
	Channel   string        // of the candidate

	sameChannel bool
}

// Reason is one reason in code and arguments.
type Reason struct {
	Code string
	Args []string
}

var reasonTexts = phrase.Catalog{
	"same-asset":     {"the same asset {0}", "同一部件{0}"},
	"same-matter":    {"the same matter {0}", "同一事项{0}"},
	"sibling-matter": {"matter {0} of the same group {1}", "同类组{1}中的事项{0}"},
	"other-matter":   {"another matter, {0}", "另一事项{0}"},
	"away":           {"{0} m away", "相距{0}米"},
	"no-place":       {"distance not known", "距离不明"},
	"earlier":        {"reported {0} earlier", "早{0}上报"},
	"later":          {"reported {0} later", "晚{0}上报"},
	"same-channel":   {"through the same channel {0}", "同一渠道{0}"},
	"other-channel":  {"through another channel, {0}", "另一渠道{0}"},
}

// Text is the reason in lang: "zh" is Chinese, anything else English.
func (r Reason) Text(lang string) string {
	args := slices.Clone(r.Args)
	switch {
	case len(args) == 0:
	case r.Code == "away":
		args[0] = withoutZeros(args[0])
	case r.Code == "earlier", r.Code == "later":
		if d, err := time.ParseDuration(args[0]); err == nil {
			args[0] = length(d, lang)
		}
	}
	return reasonTexts.Text(lang, r.Code, args...)
}

// withoutZeros is a decimal number without the zeros behind its point that say nothing.
func withoutZeros(number string) string {
	if !strings.Contains(number, ".") {
		return number
	}
	return strings.TrimSuffix(strings.TrimRight(number, "0"), ".")
}

// length is a duration in days, hours, minutes and seconds, of which those that are zero
// are left out.
func length(d time.Duration, lang string) string {
	text := ""
	for _, unit := range []struct {
		size   time.Duration
		en, zh string
	}{{24 * time.Hour, "d", "天"}, {time.Hour, "h", "小时"}, {time.Minute, "m", "分"}} {
		if n := int64(d / unit.size); n > 0 {
			text += strconv.FormatInt(n, 10) + map[bool]string{true: unit.zh, false: unit.en}[lang == "zh"]
			d -= time.Duration(n) * unit.size
		}
	}
	if d > 0 || text == "" {
		text += withoutZeros(fmt.Sprintf("%.3f", d.Seconds())) + map[bool]string{true: "秒", false: "s"}[lang == "zh"]
	}
	return text
}

// Why answers the reasons (判重依据): same-asset {asset}, if so; same-matter {matter},
// sibling-matter {matter, group} or other-matter {matter}; away {metres} or no-place;
// earlier or later {duration}, of the candidate; same-channel or other-channel
// {channel}, unless the candidate has none.
func (c Candidate) Why() []Reason {
	var why []Reason
	add := func(code string, args ...string) { why = append(why, Reason{code, args}) }
	if c.SameAsset {
		add("same-asset", string(c.Asset))
	}
	switch c.Kin {
	case SameMatter:
		add("same-matter", string(c.Matter))
	case SiblingMatter:
		add("sibling-matter", string(c.Matter), string(c.Group))
	default:
		add("other-matter", string(c.Matter))
	}
	if c.Placed {
		add("away", fmt.Sprintf("%.3f", float64(c.Away)))
	} else {
		add("no-place")
	}
	if c.Apart >= 0 {
		add("earlier", c.Apart.String())
	} else {
		add("later", c.Apart.Abs().String())
	}
	switch {
	case c.Channel == "":
	case c.sameChannel:
		add("same-channel", c.Channel)
	default:
		add("other-channel", c.Channel)
	}
	return why
}

// found is a candidate that is being looked at.
type found struct {
	slot   uint32
	asset  bool
	placed bool
	kin    Kin
	score  int64
	away   int64 // millimetres
}

// score is the formula of the package. A distance or time beyond the limits counts
// as at them.
func (r *rule) score(f *found, apart int64) int64 {
	near := int64(ScoreMax)
	if !f.asset {
		near -= ScoreMax * min(f.away, r.radius) / r.radius
	}
	fresh := ScoreMax - ScoreMax*min(apart, r.window)/r.window
	return kinShares[f.kin] * (nearTenths*near + freshTenths*fresh) / (10 * ScoreMax)
}

// before is the order of the candidates.
func (x *Index) before(a, b *found) bool {
	if a.asset != b.asset {
		return a.asset
	}
	if c := cmp.Compare(b.score, a.score); c != 0 {
		return c < 0
	}
	return x.compare(a.slot, b.slot) < 0
}
