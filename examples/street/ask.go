package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/notice"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// asked loads the folder and answers the instant to play it up to, and the one to
// look at, which -at names.
func (a *app) asked() (f *street.Folder, now, at time.Time, err error) {
	if f, err = a.load(street.LoadOptions{}); err != nil {
		return nil, now, at, err
	}
	if now, err = a.instant(f); err != nil || a.at == "" {
		return f, now, now, err
	}
	if at, err = f.ParseTime(a.at); err != nil {
		err = badInput(fmt.Errorf("-at %q: %w", a.at, err))
	}
	return f, now, at, err
}

// lived plays what asked answers.
func (a *app) lived(ctx context.Context) (*street.Street, time.Time, error) {
	f, now, at, err := a.asked()
	if err != nil {
		return nil, at, err
	}
	s, err := a.play(ctx, f, now)
	return s, at, err
}

// one is the only word of a command line.
func one(words []string, what string) (street.Code, error) {
	if len(words) != 1 {
		return "", badInput(fmt.Errorf("want one %s, got %q", what, words))
	}
	return street.Code(words[0]), nil
}

// duty prints who is on duty for a post, a party or an area, and every step of how
// that was found.
func (a *app) duty(_ context.Context, words []string) error {
	c, err := one(words, "post, party or area")
	if err != nil {
		return err
	}
	f, _, at, err := a.asked()
	if err != nil {
		return err
	}
	if f.Directory == nil {
		return badInput(errors.New("the folder has no parties.csv, so nobody is on duty"))
	}
	_, isPost := f.Directory.Post(c)
	_, isParty := f.Directory.Party(c)
	_, isArea := f.Map.Lookup(c)
	for h := range f.Hierarchies.All() {
		_, isNode := h.Lookup(c)
		isArea = isArea || isNode
	}
	if !isPost && !isParty && !isArea {
		return badInput(fmt.Errorf("there is no post, party or area %s", c))
	}
	d := f.Directory.OnDuty(c, at)
	fmt.Fprintf(a.stdout, "%s\n", at.In(f.Zone).Format(time.RFC3339))
	names := f.Names(a.lang)
	for _, step := range d.Steps {
		fmt.Fprintf(a.stdout, "  %s\n", names.Duty(step))
	}
	name := f.PartyName(d.Party, "")
	if d.Person != "" {
		name = f.PersonName(d.Person) + ", " + f.PartyName(d.Party, d.Post)
	}
	fmt.Fprintln(a.stdout, f.Directory.Redactor().Hide(name))
	return nil
}

// notice prints the notice of an area and what is missing before it may be put up;
// then it fails with errFindings.
func (a *app) notice(ctx context.Context, args []string) error {
	c, err := one(args, "area")
	if err != nil {
		return err
	}
	s, at, err := a.lived(ctx)
	if err != nil {
		return err
	}
	n, err := s.Notice(ctx, c, at)
	if err != nil {
		return err
	}
	if len(n.Missing) == 1 && n.Missing[0].Kind == notice.UnknownArea {
		return badInput(fmt.Errorf("there is no area %s", c))
	}
	fmt.Fprint(a.stdout, n.Text(a.lang))
	if n.Publishable() {
		return nil
	}
	fmt.Fprintf(a.stdout, "\n%s\n", words(a.lang)["missing"])
	names := s.Folder().Names(a.lang)
	for _, m := range n.Missing {
		fmt.Fprintf(a.stdout, "  %s\n", names.Missing(m))
	}
	return errFindings
}

// council prints every topic of a council with its state; without a code, every
// council in numbers.
func (a *app) council(ctx context.Context, args []string) error {
	s, at, err := a.lived(ctx)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		x, err := councilSection(ctx, s, at, words(a.lang))
		a.table(x, s)
		return err
	}
	c, err := one(args, "council")
	if err != nil {
		return err
	}
	x, known, w := section{}, false, words(a.lang)
	err = s.Councils(ctx, func(m *council.Minutes) {
		_, known = m.Council(c)
		x.Head = []string{w["topic"], w["title_of"], w["status"], w["raised"], w["lead"], w["due"]}
		for t := range m.Topics(c) {
			due, owner := "", ""
			if d := t.Decided; d != nil {
				owner = strings.Join(strings.Fields(string(d.Owner)+" "+string(d.Case)+" "+string(d.Project)), " ")
			}
			if !t.NextDue.IsZero() {
				due = t.NextDue.In(s.Folder().Zone).Format(time.DateOnly)
			}
			x.Rows = append(x.Rows, []string{string(t.ID), t.Title, w["topic."+string(t.State)], t.RaisedAt.In(s.Folder().Zone).Format(time.DateOnly), owner, due})
		}
	})
	if err == nil && !known {
		err = badInput(fmt.Errorf("there is no council %s", c))
	}
	if err == nil {
		a.table(x, s)
	}
	return err
}

// visits prints the visits owed, made and missed, of an area or of all, and which
// households wait or were missed last.
func (a *app) visits(ctx context.Context, args []string) error {
	s, at, err := a.lived(ctx)
	if err != nil {
		return err
	}
	w := words(a.lang)
	if len(args) == 0 {
		x, err := visitSection(ctx, s, at, w)
		a.table(x, s)
		return err
	}
	c, err := one(args, "area")
	if err != nil {
		return err
	}
	if _, ok := s.Folder().Map.Lookup(c); !ok {
		return badInput(fmt.Errorf("there is no area %s", c))
	}
	x := section{Head: []string{w["household"], w["period"], w["status"]}}
	today := rounds.DateOf(at.In(s.Folder().Zone))
	err = s.Rounds(ctx, func(l *rounds.Log) {
		for slot := range l.Slots(rounds.Filter{Area: c}, today) {
			if slot.State != rounds.Made {
				x.Rows = append(x.Rows, []string{string(slot.Household), slot.From.String() + "–" + slot.Until.String(), w[string(slot.State)]})
			}
		}
	})
	a.table(x, s)
	return err
}

// table prints a section in columns.
func (a *app) table(x section, s *street.Street) {
	hide := s.Folder().Directory.Redactor()
	width := make([]int, len(x.Head))
	for _, row := range append([][]string{x.Head}, x.Rows...) {
		for i, cell := range row {
			width[i] = max(width[i], columns(cell)+2)
		}
	}
	for _, row := range append([][]string{x.Head}, x.Rows...) {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(pad(hide.Hide(cell), width[i]))
		}
		fmt.Fprintln(a.stdout, strings.TrimRight(b.String(), " "))
	}
}

// columns is how wide a text is on a terminal.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x2E80 {
			n++
		}
	}
	return n
}
