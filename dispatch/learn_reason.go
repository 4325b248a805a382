package dispatch

import (
	"strconv"

	"github.com/gridgov/gridgov/internal/phrase"
)

// Reason says why, as a code with arguments. Text puts it into words.
type Reason struct {
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
}

// The reasons Learn gives.
const (
	reasonNoParty  = "learn-no-party"
	reasonFallback = "learn-fallback"
	reasonArea     = "learn-area"
	reasonMatter   = "learn-matter"
	reasonBoth     = "learn-matter-area"
)

// ReasonCodes lists every code a Reason of Learn can have.
func ReasonCodes() []string {
	return []string{reasonNoParty, reasonFallback, reasonArea, reasonMatter, reasonBoth}
}

var learnPhrases = phrase.Catalog{
	reasonNoParty: {"The case does not say who handled it.", "该案件没有记录由谁办理。"},
	reasonFallback: {
		"{1} of all {0} cases went to {2}, which answers when no other rule does.",
		"全部 {0} 件中有 {1} 件由{2}办理；没有其他规则时由其负责。"},
	reasonArea: {
		"{1} of {0} cases in area {4} went to {2}; without this rule {3} would answer.",
		"区域 {4} 的 {0} 件中有 {1} 件由{2}办理；没有本规则则由{3}负责。"},
	reasonMatter: {
		"{1} of {0} cases of matter {5} went to {2}; without this rule {3} would answer.",
		"事项 {5} 的 {0} 件中有 {1} 件由{2}办理；没有本规则则由{3}负责。"},
	reasonBoth: {
		"{1} of {0} cases of matter {5} in area {4} went to {2}; without this rule {3} would answer.",
		"区域 {4} 内事项 {5} 的 {0} 件中有 {1} 件由{2}办理；没有本规则则由{3}负责。"},
}

// Text is the reason in lang, "zh" or English.
func (r Reason) Text(lang string) string { return learnPhrases.Text(lang, r.Code, r.Args...) }

func reasonOf(r Rule, m Mined) Reason {
	args := []string{strconv.Itoa(m.Support), strconv.Itoa(m.Right), string(r.Party), string(m.Instead), string(r.Area), string(r.Matter)}
	switch {
	case r.Matter == Any && r.Area == Any:
		return Reason{reasonFallback, args[:3]}
	case r.Matter == Any:
		return Reason{reasonArea, args[:5]}
	case r.Area == Any:
		return Reason{reasonMatter, args}
	}
	return Reason{reasonBoth, args}
}
