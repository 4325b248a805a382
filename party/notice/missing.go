package notice

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/internal/phrase"
)

// MissingKind says what keeps a notice from being put up.
type MissingKind string

// The kinds, in the order in which those of a notice are sorted.
const (
	UnknownArea    MissingKind = "unknown-area"    // the map has no such area
	NoRule         MissingKind = "no-rule"         // level: no rule says what its notices show
	NoLevel        MissingKind = "no-level"        // level: Rule.Below is no level further in than the area
	NoFacts        MissingKind = "no-facts"        // neither text, count nor attribute
	NoGoals        MissingKind = "no-goals"        //
	NoHead         MissingKind = "no-head"         // no post, or nobody on it and nobody who stands in
	NoContact      MissingKind = "no-contact"      // the head's post has no public contact
	NoLead         MissingKind = "no-lead"         // the same for an area below that needs a lead
	VacantPost     MissingKind = "vacant-post"     // places: a full-time post has fewer people than its quota
	NoCouncil      MissingKind = "no-council"      // the council has no members
	NoName         MissingKind = "no-name"         // a name was erased or never known; Field "council" for a member
	TooLong        MissingKind = "too-long"        // characters, at most: of the text Field
	PersonalNumber MissingKind = "personal-number" // masked in Field: the owner has not consented
)

// MissingKinds is every kind, in sorting order.
func MissingKinds() []MissingKind {
	return []MissingKind{
		UnknownArea, NoRule, NoLevel, NoFacts, NoGoals, NoHead, NoContact, NoLead, VacantPost, NoCouncil,
		NoName, TooLong, PersonalNumber,
	}
}

// Missing is one thing to put right before a notice may be put up.
type Missing struct {
	Kind  MissingKind `json:"kind"`
	Area  Code        `json:"area"`
	Post  Code        `json:"post,omitempty"`  // none: it is about no post, or there is none
	Field string      `json:"field,omitempty"` // the text it is about: name, term, title, duties, contact, facts, goals, attribute, council
	Args  []string    `json:"args,omitempty"`  // see the kind
}

// Publishable reports whether nothing is missing.
func (n Notice) Publishable() bool { return len(n.Missing) == 0 }

var missingPhrases = phrase.Catalog{
	string(UnknownArea):    {"{0} is no area of the map", "地图上没有区域{0}"},
	string(NoRule):         {"{0}: no rule says what a notice of level {3} shows", "{0}：没有规定层级{3}的公示内容"},
	string(NoLevel):        {"{0}: {3} is no level below it", "{0}：{3}不是其下的层级"},
	string(NoFacts):        {"{0}: the facts are empty", "{0}：基本情况为空"},
	string(NoGoals):        {"{0}: the goals are empty", "{0}：治理目标为空"},
	string(NoHead):         {"{0} has no head", "{0}没有负责人"},
	string(NoContact):      {"{0}: the head's post {1} has no public contact", "{0}：负责人岗位{1}没有公开联系方式"},
	string(NoLead):         {"{0} has no lead", "{0}没有牵头人"},
	string(VacantPost):     {"{0}: vacant places on the full-time post {1}: {3}", "{0}：专职岗位{1}空缺{3}人"},
	string(NoCouncil):      {"{0}: the council has no members", "{0}：理事会没有成员"},
	string(NoName):         {"{0}: somebody's name is gone: {1}{2}", "{0}：有人的姓名已删除：{1}{2}"},
	string(TooLong):        {"{0}: {2} {1} has {3} characters, at most {4}", "{0}：{1}的{2}有{3}字，最多{4}字"},
	string(PersonalNumber): {"{0}: {2} {1} holds the number of somebody who has not consented; it is masked", "{0}：{1}的{2}含有未经本人同意公开的号码，已遮盖"},
}

// Text says what is missing in lang ("zh", else English).
func (m Missing) Text(lang string) string {
	field := phrase.Catalog{
		"name": {"name", "名称"}, "term": {"term", "用语"}, "title": {"title", "岗位名称"}, "duties": {"duties", "工作职责"},
		"contact": {"contact", "联系方式"}, "facts": {"facts", "基本情况"}, "goals": {"goals", "治理目标"},
		"attribute": {"attribute", "属性"}, "council": {"council", "理事会"}, "": {"", ""},
	}.Text(lang, m.Field)
	return missingPhrases.Text(lang, string(m.Kind), append([]string{string(m.Area), string(m.Post), field}, m.Args...)...)
}

func (b *builder) lacks(m Missing) { b.missing = append(b.missing, m) }

// sorted is the list in order, each thing once.
func sorted(list []Missing) []Missing {
	rank := MissingKinds()
	compare := func(a, b Missing) int {
		return cmp.Or(cmp.Compare(slices.Index(rank, a.Kind), slices.Index(rank, b.Kind)), cmp.Compare(a.Area, b.Area),
			cmp.Compare(a.Post, b.Post), cmp.Compare(a.Field, b.Field), slices.Compare(a.Args, b.Args))
	}
	slices.SortFunc(list, compare)
	return slices.CompactFunc(list, func(a, b Missing) bool { return compare(a, b) == 0 })
}

func numbers(list ...int) []string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return texts
}
