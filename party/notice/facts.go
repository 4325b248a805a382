package notice

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/gridgov/gridgov/grid"
)

// facts fills in what the area is and what it aims at.
func (b *builder) facts(n *Notice, rule Rule, ref grid.Ref) {
	counts := b.in.Map.Counts(ref)
	shown := rule.Counts
	if shown == nil {
		shown = slices.Sorted(maps.Keys(counts))
	}
	for _, key := range shown {
		if number, ok := counts[key]; ok {
			n.Facts = append(n.Facts, Fact{Kind: Count, Term: b.term(key, n.Area), Number: number})
		}
	}
	attributes := b.in.Map.Attrs(ref)
	for _, key := range rule.Attributes {
		if text := attributes[key]; text != "" {
			text = b.text(text, n.Area, "", "attribute")
			n.Facts = append(n.Facts, Fact{Kind: Attribute, Term: b.term(key, n.Area), Text: text})
		}
	}
	texts, _ := b.in.Texts.At(n.Area, b.at)
	n.About = b.text(texts.Facts, n.Area, "", "facts")
	n.Goals = b.text(texts.Goals, n.Area, "", "goals")
	if n.About == "" && len(n.Facts) == 0 {
		b.lacks(Missing{Kind: NoFacts, Area: n.Area})
	}
	if n.Goals == "" {
		b.lacks(Missing{Kind: NoGoals, Area: n.Area})
	}
	n.Facts = append(n.Facts, b.below(n.Area, ref)...)
}

// below counts the units in an area by level, then those that own places.
func (b *builder) below(area Code, ref grid.Ref) []Fact {
	levels := b.in.Map.Levels()
	onLevel, leaves, all := make([]int64, len(levels)), int64(0), int64(0)
	for r := ref + 1; r <= b.in.Map.Last(ref); r++ {
		info := b.in.Map.Info(r)
		onLevel[info.Level]++
		all++
		if info.Leaf {
			leaves++
		}
	}
	var facts []Fact
	for i, number := range onLevel {
		if number > 0 {
			facts = append(facts, Fact{Kind: Below, Term: b.term(levels[i], area), Number: number})
		}
	}
	if leaves < all { // else the levels say it already, or there is nothing below
		facts = append(facts, Fact{Kind: Leaves, Term: b.term(string(Leaves), area), Number: leaves})
	}
	return facts
}

// text is a text with nobody's private number in it; one that is too long is shown
// whole and said to be.
func (b *builder) text(s string, area, post Code, field string) string {
	if length := utf8.RuneCountInString(s); length > b.in.TextMax {
		b.lacks(Missing{Kind: TooLong, Area: area, Post: post, Field: field, Args: numbers(length, b.in.TextMax)})
	}
	return b.clean(s, area, post, field)
}
