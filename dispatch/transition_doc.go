package dispatch

import "strings"

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
	b.WriteString("\nEvery verb on a case is refused as `unknown_case` when there is no such case, then as `stale`,\n" +
		"then as `wrong_state` outside the states of its row, and only then by the guards.\n" +
		"A straight `file` takes rows 1, 3 and 7 in one outcome, or 1, 3 and 7u when no single lead is certain.\n" +
		"T starts in row 1 when the event imposes a due, else in row 7 from the instant of filing; without a due or a budget\n" +
		"T and H have none. W runs while the case is overdue, or when no other clock would call it up.\n\nClocks: ")
	for i, clock := range clockOrder {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(clock.Letter() + " " + string(clock))
	}
	b.WriteString(". Clocks of one case that fire together fire in this order.\n")
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
	for what, list := range [][]Clock{t.Stop, t.Start} {
		if len(list) == 0 {
			continue
		}
		letters := make([]string, len(list))
		for i, c := range list {
			letters[i] = c.Letter()
		}
		parts = append(parts, [...]string{"stop ", "start "}[what]+strings.Join(letters, ", "))
	}
	return strings.Join(parts, "; ")
}
