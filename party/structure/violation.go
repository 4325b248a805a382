package structure

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/phrase"
	"github.com/gridgov/gridgov/party"
)

// Violation is one break of one rule: what, where, by whom, and for how long.
type Violation struct {
	Rule Code
	Kind ViolationKind
	// Where: the area, party or building that was checked, none for the whole
	// subdistrict, and the post at fault if it is one.
	Area, Party, Post party.Code
	Place             party.Place
	// Person is who is at fault, if it is one person.
	Person party.Code
	// People is who was counted, by code, the first PeopleMax of them.
	People []party.Code
	// Want is what was asked for and Got what there is, in people, posts, parties,
	// square metres …; of a fault that is not of number, 1 and 0.
	Want, Got int
	// Since is the earliest instant from which this rule has been broken here in
	// this way without a break; zero: as far back as the facts go. Until is the
	// instant from which, by the facts as they are, it no longer will be; zero: no
	// fact ends it. How many there are may change in between, and Want and Got are
	// those of the instant of the audit.
	Since, Until time.Time
	Args         []string // what Text fills in; see ViolationKind
}

// PeopleMax is how many people a Violation names. A fault of number in a unit with
// more is not found by reading names.
const PeopleMax = 20

// ViolationKind says in which way a rule is broken.
type ViolationKind string

// The ways, in the order in which those of one rule are sorted.
const (
	UnknownLevel     ViolationKind = "unknown-level"     // the map has no such level, so nothing was checked: level
	TooFew           ViolationKind = "too-few"           // fewer than Count.Min: kind of rule, what is counted
	TooMany          ViolationKind = "too-many"          // more than Count.Max: likewise
	OverQuota        ViolationKind = "over-quota"        // more people on a post than its quota
	WrongSource      ViolationKind = "wrong-source"      // a person lacks a kind: role, kind
	WrongAppointment ViolationKind = "wrong-appointment" // a person is appointed otherwise than asked: role, kind of appointment
	NotSame          ViolationKind = "not-same"          // a person does not hold the other role: role, other roles
	NotAllowed       ViolationKind = "not-allowed"       // people so appointed may not serve in this role: role, kind of appointment
	NoFacility       ViolationKind = "no-facility"       // a party lacks a facility of the size: kind of facility
	NoRight          ViolationKind = "no-right"          // a party lacks a right: right
)

// ViolationKinds is every way, in the order above.
func ViolationKinds() []ViolationKind {
	return []ViolationKind{
		UnknownLevel, TooFew, TooMany, OverQuota, WrongSource, WrongAppointment, NotSame, NotAllowed, NoFacility, NoRight,
	}
}

// compare is the order of violations: by rule, way, area, party, building, post,
// person, arguments and beginning. No two are equal in all of them.
func (v *Violation) compare(o *Violation) int {
	kinds := ViolationKinds()
	return cmp.Or(cmp.Compare(v.Rule, o.Rule), cmp.Compare(slices.Index(kinds, v.Kind), slices.Index(kinds, o.Kind)),
		cmp.Compare(v.Area, o.Area), cmp.Compare(v.Party, o.Party),
		cmp.Compare(v.Place.Layer, o.Place.Layer), cmp.Compare(v.Place.Feature, o.Place.Feature),
		cmp.Compare(v.Post, o.Post), cmp.Compare(v.Person, o.Person), slices.Compare(v.Args, o.Args),
		v.Since.Compare(o.Since))
}

// texts takes {0} and {1} the arguments, {2} what was asked for, {3} what there
// is, {4} the post, {5} the person.
var texts = phrase.Catalog{
	string(UnknownLevel):     {"the map has no level {0}; the rule was not checked", "地图没有{0}这一层级，未能核查"},
	string(TooFew):           {"{0}: {3}, at least {2} needed", "{0}为{3}，应不少于{2}"},
	string(TooMany):          {"{0}: {3}, at most {2} allowed", "{0}为{3}，应不多于{2}"},
	string(OverQuota):        {"{3} people on a post with a quota of {2}", "在岗{3}人，超过编制{2}人"},
	string(WrongSource):      {"{5} serves as {0} and is not {1}", "{5}任{0}，但不具备来源条件{1}"},
	string(WrongAppointment): {"{5} serves as {0} and is appointed {1}", "{5}任{0}，任职方式{1}不合要求"},
	string(NotSame):          {"{5} serves as {0} and is not {1} of the same unit", "{5}任{0}，但不是同一单位的{1}"},
	string(NotAllowed):       {"{5} is appointed {1} and may not serve as {0}", "{5}的任职方式为{1}，不得任{0}"},
	string(NoFacility):       {"has no {0} as asked for: {3}, at least {2} needed", "没有符合要求的{0}：{3}，应不少于{2}"},
	string(NoRight):          {"does not hold the right {0} over its own area", "对本辖区没有{0}权限"},
}

// nouns is what each kind of rule counts; {0} is the names.
var nouns = phrase.Catalog{
	string(People):        {"people who serve as {0}", "任{0}的人数"},
	string(Parties):       {"parties of the kind {0}", "{0}类主体数"},
	string(Posts):         {"posts of the role {0}", "{0}岗位数"},
	string(Quotas):        {"places of the role {0}", "{0}编制数"},
	string(Areas):         {"areas of the level {0} looked after", "所负责的{0}数"},
	string(Postings):      {"open postings ({0})", "未结束的派驻数（{0}）"},
	string(Registrations): {"open registrations ({0})", "有效登记数（{0}）"},
}

var frames = phrase.Catalog{
	"unit":   {"{0}: {1}", "{0}：{1}"},
	"street": {"the subdistrict", "全街道"},
	"and":    {", ", "、"},
}

// Text is the violation as a sentence in lang, with where it is: "zh" is Chinese,
// anything else English.
func (v Violation) Text(lang string) string {
	args := append(slices.Clone(v.Args), "", "")[:2]
	if v.Kind == TooFew || v.Kind == TooMany {
		args[0] = nouns.Text(lang, args[0], args[1])
	}
	args = append(args, strconv.Itoa(v.Want), strconv.Itoa(v.Got), string(v.Post), string(v.Person))
	text := texts.Text(lang, string(v.Kind), args...)
	return frames.Text(lang, "unit", v.where(lang), text)
}

// where names the unit, then the post, then the person that was counted for.
func (v Violation) where(lang string) string {
	var parts []string
	for _, s := range []string{string(v.Area), string(v.Party), v.Place.String(), string(v.Post)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if v.Person != "" && (v.Kind == TooFew || v.Kind == TooMany) {
		parts = append(parts, string(v.Person))
	}
	if len(parts) == 0 {
		return frames.Text(lang, "street")
	}
	return strings.Join(parts, frames.Text(lang, "and"))
}
