package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// input is an event for OPA: the matter and area of every depth under a name of
// its own, so that OPA can index rules by equality.
func (e *event) input() map[string]any {
	in := map[string]any{"channel": e.channel, "work": e.work, "minute": e.minute, "matters": e.matters, "areas": e.areas,
		"matter": e.matter + ".", "area": e.area + "."}
	for i := range e.matters {
		in[fmt.Sprintf("m%d", i)] = e.matters[i]
	}
	for i := range e.areas {
		in[fmt.Sprintf("a%d", i)] = e.areas[i]
	}
	return in
}

// asked is a prepared query as a matcher.
func asked(q rego.PreparedEvalQuery) matcher {
	ctx := context.Background()
	var a answer
	return func(e *event) ([]string, error) {
		a.ids = a.ids[:0]
		set, err := q.Eval(ctx, rego.EvalInput(e.input()))
		if err != nil {
			return nil, err
		}
		if len(set) != 1 {
			return nil, errors.New("no result")
		}
		found, _ := set[0].Expressions[0].Value.([]any)
		for _, id := range found {
			text, _ := id.(string)
			a.ids = append(a.ids, text)
		}
		return a.ids, nil
	}
}

// buildOPARules is a Rego rule for each rule, by equality.
func buildOPARules(w *world) (matcher, error) {
	return buildRego(w, func(letter, code string) string {
		return fmt.Sprintf("input.%s%d == %q", letter, strings.Count(code, "."), code)
	})
}

// buildOPAPrefix is a Rego rule for each rule, by startswith, which OPA's index
// knows as well.
func buildOPAPrefix(w *world) (matcher, error) {
	whole := map[string]string{"m": "matter", "a": "area"}
	return buildRego(w, func(letter, code string) string {
		return fmt.Sprintf("startswith(input.%s, %q)", whole[letter], code+".")
	})
}

// buildRego is a Rego rule for each rule; under says that the event's matter (m)
// or area (a) is a code or below it.
func buildRego(w *world, under func(letter, code string) string) (matcher, error) {
	var text strings.Builder
	text.WriteString("package duties\n\n")
	for i := range w.rules {
		x := &w.rules[i]
		fmt.Fprintf(&text, "hit contains %q if {\n\ttrue\n", x.id)
		if x.matter != "*" {
			fmt.Fprintf(&text, "\t%s\n", under("m", x.matter))
		}
		if x.area != "*" {
			fmt.Fprintf(&text, "\t%s\n", under("a", x.area))
		}
		if x.channel != "" {
			fmt.Fprintf(&text, "\tinput.channel == %q\n", x.channel)
		}
		switch x.window {
		case "":
		case "work":
			text.WriteString("\tinput.work == true\n")
		case "rest":
			text.WriteString("\tinput.work == false\n")
		default:
			fmt.Fprintf(&text, "\tinput.minute >= %d\n\tinput.minute < %d\n", x.from, x.to)
		}
		text.WriteString("}\n")
	}
	q, err := rego.New(rego.Query("data.duties.hit"), rego.Module("duties.rego", text.String())).PrepareForEval(context.Background())
	return asked(q), err
}

const dataModule = `package duties

hit contains r.id if {
	some r in data.rules
	matter(r)
	area(r)
	channel(r)
	window(r)
}

matter(r) if r.matter == "*"
matter(r) if r.matter in input.matters
area(r) if r.area == "*"
area(r) if r.area in input.areas
channel(r) if r.channel == ""
channel(r) if r.channel == input.channel
window(r) if r.window == ""
window(r) if { r.window == "work"; input.work }
window(r) if { r.window == "rest"; not input.work }
window(r) if { r.window == "clock"; input.minute >= r.from; input.minute < r.to }
`

// buildOPAData is the list as data, read by one Rego rule.
func buildOPAData(w *world) (matcher, error) {
	var rules []any
	for i := range w.rules {
		x := &w.rules[i]
		window := x.window
		if strings.Contains(window, "-") {
			window = "clock"
		}
		rules = append(rules, map[string]any{
			"id": x.id, "matter": x.matter, "area": x.area, "channel": x.channel, "window": window, "from": x.from, "to": x.to,
		})
	}
	store := inmem.NewFromObject(map[string]any{"rules": rules})
	q, err := rego.New(rego.Query("data.duties.hit"), rego.Module("duties.rego", dataModule), rego.Store(store)).PrepareForEval(context.Background())
	return asked(q), err
}
