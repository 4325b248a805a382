package street

import (
	"context"
	"fmt"
	"strings"

	"github.com/gridgov/gridgov/dispatch"
)

// ruling finds the latest ruling on a case in the journal; false when there is none.
// O(journal) where there is one.
func (s *Street) ruling(c dispatch.Case) (last dispatch.DisputeRuled, ok bool, err error) {
	if c.Contention == nil || c.Contention.Ruled == 0 {
		return last, false, nil
	}
	for e, err := range s.DeskEntries(context.Background()) {
		if err != nil {
			return last, false, err
		}
		if f, rules := e.Fact.(dispatch.DisputeRuled); rules && e.Case == c.ID {
			last, ok = f, true
		}
	}
	return last, ok, nil
}

// whyRuled says the latest ruling on a case, whether it is final, and why it was given.
func whyRuled(r dispatch.DisputeRuled, names *Names, lang string) string {
	key := "why.ruled"
	if r.Party == "" {
		key = "why.ruled_none"
	}
	text := "\n" + catalog.Text(lang, key, fmt.Sprint(r.Level), names.Office(r.Body), names.Office(r.Party))
	if r.Final {
		text += catalog.Text(lang, "why.final")
	}
	if r.Basis != "" {
		text += catalog.Text(lang, "why.basis", names.hide.Hide(r.Basis))
	}
	return text
}

// whyCourse says what became of a case besides: more time, merging, call-backs.
func (s *Street) whyCourse(c dispatch.Case, lang string) string {
	var text strings.Builder
	say := func(key string, args ...string) { text.WriteString("\n" + catalog.Text(lang, key, args...)) }
	switch {
	case c.Extensions > 0 && !c.HandleDue.IsZero():
		say("why.extended_to", fmt.Sprint(c.Extensions), stamp(c.HandleDue, s.folder.Zone))
	case c.Extensions > 0:
		say("why.extended", fmt.Sprint(c.Extensions))
	}
	if c.Into != "" {
		say("why.into", string(c.Into))
	}
	if len(c.Merged) > 0 {
		say("why.merged", join(c.Merged, ", "))
	}
	var said []string
	hear := func(event Code, answer dispatch.Satisfied) {
		if answer != "" {
			said = append(said, catalog.Text(lang, "why.said_"+string(answer), string(event)))
		}
	}
	hear(c.Event.ID, c.Said)
	for _, r := range c.Reports {
		hear(r.Event, r.Said)
	}
	switch {
	case len(said) > 0:
		say("why.said", strings.Join(said, catalog.Text(lang, "why.comma")))
	case c.Satisfied != "": // of a single reporter, or as the closing had it
		say("why.said", catalog.Text(lang, "why.said_"+string(c.Satisfied), string(c.Event.ID)))
	}
	return text.String()
}

// whyList is how the list decides, told so that it does not contradict who leads the case
// by a ruling, an agreement or a redirection.
func whyList(x dispatch.Explanation, c dispatch.Case, r dispatch.DisputeRuled, ruled bool, names *Names, lang string) string {
	text, by := names.Explanation(x), x.Decision.Lead
	if x.Decision.Status != dispatch.Decided || c.Lead.Party == "" || c.Lead.Party == by.Party && c.Lead.Post == by.Post {
		return text
	}
	key, leads := "why.list_other", names.Office(c.Lead.Party)
	if ruled && (r.Party == c.Lead.Party || r.Party == c.Lead.Post) {
		key = "why.list_ruled"
	}
	_, rest, _ := strings.Cut(text, "\n")
	first := catalog.Text(lang, key, names.Office(by.Party), string(by.Rule), names.Office(r.Body), leads)
	return strings.TrimSuffix(first+"\n"+rest, "\n")
}
