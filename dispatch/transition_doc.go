package dispatch

import (
	"slices"
	"strings"
)

// TransitionsMarkdown is the transition table as Markdown, made from the rows
// that the Desk decides by: clock letters, then what they mean.
func TransitionsMarkdown() string {
	var b strings.Builder
	b.WriteString("| # | state | trigger | guards | next | facts | clocks |\n|---|---|---|---|---|---|---|\n")
	for _, row := range transitions {
		cells := []string{
			row.Row, row.states(), row.trigger(), strings.Join(row.Guards, ", "), row.next(),
			strings.Join(row.Facts, ", "), row.clocks(),
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	b.WriteString("\nEvery verb on a case is refused as `unknown_case` when there is no such case, `archived` when it has left memory, then as `stale`,\n" +
		"then as `wrong_state` outside the states of its row, and only then by the guards.\n" +
		"A straight `file` takes rows 1, 3 and 7 in one outcome, or 1, 3 and 7c where the list says claim, or, when no\n" +
		"single lead is certain, 1, 3 and 8 where there is a dispute ladder and 1, 3 and 7u where there is none.\n" +
		"A final ruling binds the case through every cycle. What follows it is no dispute: row 7f sends the case to whom it was\n" +
		"ruled for; where the list names no single lead either, rows 28i and 28u leave the work to the duty desk. A return\n" +
		"that is open then never becomes one: row 17n takes the case from a lead to which the matter was never admitted.\n" +
		"Rungs of a ladder whose party does not exist, or whose area the case has left, are recorded as `rung_skipped` before the fact of the row.\n" +
		"A dispatch or a claim that names a regulator and a rectifier starts N and X too; with neither, and on every new one, they\n" +
		"end. A lead that stays through a ruling keeps its H. L runs while the setup of the case has an overdue ladder: on\n" +
		"H, and where no H runs on the stage or the T that has run out.\n" +
		"T starts in row 1 when the event imposes a due, else in row 7 from the instant of filing; without a due or a budget\n" +
		"T and H have none. The clock of a stage ends with its state, and every clock but Y with the case, whether the row\n" +
		"says so or not; a case that is split off has T as if it had never been merged, whatever new calendar came meanwhile.\n" +
		"W runs while the case is overdue and no rung is left, or when no other clock would call it up.\n" +
		"Y starts with an end that is no merging, where Policy.Archive is set, and never before the case can no longer be\n" +
		"reopened; a case takes those that were merged into it along, each with a fact of its own before its own.\n\nClocks: ")
	for i, clock := range clockOrder {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(clock.Letter() + " " + string(clock))
	}
	b.WriteString(". Clocks of one case that fire together fire in this order.\n\n")
	b.WriteString(diagram())
	return b.String()
}

func (t Transition) states() string {
	switch {
	case len(t.From) == 0:
		return "–"
	case len(t.From) == len(openStates):
		return "any open"
	}
	names := make([]string, len(t.From))
	for i, s := range t.From {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

func (t Transition) trigger() string {
	text := t.Verb
	switch {
	case t.Clock != "":
		text = t.Clock.Letter() + " runs out"
	case text == "":
		text = "the desk itself"
	}
	if t.When != "" {
		text += ": " + t.When
	}
	return text
}

func (t Transition) next() string {
	if t.To == "" {
		return "same"
	}
	return string(t.To)
}

func (t Transition) clocks() string {
	var parts []string
	for what, list := range [][]Clock{t.Stop, t.Pause, t.Resume, t.Start} {
		if len(list) == 0 {
			continue
		}
		letters := make([]string, len(list))
		for i, c := range list {
			letters[i] = c.Letter()
		}
		parts = append(parts, [...]string{"stop ", "pause ", "resume ", "start "}[what]+strings.Join(letters, ", "))
	}
	return strings.Join(parts, "; ")
}

// diagram is the table as a Mermaid state diagram: one arrow for each pair of
// states, with the rows that lead from one to the other.
func diagram() string {
	type arrow struct{ from, to State }
	labels := map[arrow][]string{}
	var order []arrow
	for _, row := range transitions {
		if row.To == "" {
			continue
		}
		from := row.From
		if len(from) == 0 {
			from = []State{""}
		}
		for _, s := range from {
			a := arrow{s, row.To}
			if labels[a] == nil {
				order = append(order, a)
			}
			what := row.Verb
			switch {
			case row.Clock != "":
				what = row.Clock.Letter() + " runs out"
			case what == "":
				what = "by itself"
			}
			if !slices.Contains(labels[a], what) {
				labels[a] = append(labels[a], what)
			}
		}
	}
	var b strings.Builder
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	for _, a := range order {
		from := string(a.from)
		if from == "" {
			from = "[*]"
		}
		b.WriteString("    " + from + " --> " + string(a.to) + ": " + strings.Join(labels[a], ", ") + "\n")
	}
	for _, s := range endStates {
		b.WriteString("    " + string(s) + " --> [*]\n")
	}
	b.WriteString("```\n")
	return b.String()
}
