package main

import (
	"fmt"
	"strings"

	"github.com/hyperjumptech/grule-rule-engine/ast"
	"github.com/hyperjumptech/grule-rule-engine/builder"
	"github.com/hyperjumptech/grule-rule-engine/engine"
	"github.com/hyperjumptech/grule-rule-engine/pkg"
)

// fact is an event for grule: the matter and area of every depth in a field of
// its own, since it evaluates equal expressions of several rules once.
type fact struct {
	M0, M1, M2, M3 string
	A0, A1, A2, A3 string
	Channel        string
	Work           bool
	Minute         int64
}

// grl is a rule in its language. It is only matched, so what it does is nothing.
func (x *rule) grl() string {
	parts := []string{"true"}
	if x.matter != "*" {
		parts = append(parts, fmt.Sprintf("E.M%d == %q", strings.Count(x.matter, "."), x.matter))
	}
	if x.area != "*" {
		parts = append(parts, fmt.Sprintf("E.A%d == %q", strings.Count(x.area, "."), x.area))
	}
	if x.channel != "" {
		parts = append(parts, fmt.Sprintf("E.Channel == %q", x.channel))
	}
	switch x.window {
	case "":
	case "work":
		parts = append(parts, "E.Work == true")
	case "rest":
		parts = append(parts, "E.Work == false")
	default:
		parts = append(parts, fmt.Sprintf("E.Minute >= %d && E.Minute < %d", x.from, x.to))
	}
	return fmt.Sprintf("rule %s { when %s then Retract(%q); }\n", x.id, strings.Join(parts, " && "), x.id)
}

// buildGrule is a grule knowledge base.
func buildGrule(w *world) (matcher, error) {
	var text strings.Builder
	for i := range w.rules {
		text.WriteString(w.rules[i].grl())
	}
	library := ast.NewKnowledgeLibrary()
	if err := builder.NewRuleBuilder(library).BuildRuleFromResource("duties", "1", pkg.NewBytesResource([]byte(text.String()))); err != nil {
		return nil, err
	}
	base, err := library.NewKnowledgeBaseInstance("duties", "1")
	if err != nil {
		return nil, err
	}
	grule := engine.GruleEngine{ReturnErrOnFailedRuleEvaluation: true}
	var a answer
	return func(e *event) ([]string, error) {
		a.ids = a.ids[:0]
		m, p := e.matters, e.areas
		data := ast.NewDataContext()
		if err := data.Add("E", &fact{m[0], m[1], m[2], m[3], p[0], p[1], p[2], p[3], e.channel, e.work, int64(e.minute)}); err != nil {
			return nil, err
		}
		found, err := grule.FetchMatchingRules(data, base)
		for _, x := range found {
			a.ids = append(a.ids, x.RuleName)
		}
		return a.ids, err
	}, nil
}
