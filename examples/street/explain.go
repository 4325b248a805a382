package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/street"
)

// played runs the folder up to the instant that the flags name.
func (a *app) played(ctx context.Context, args []string) (*street.Street, street.Code, error) {
	if len(args) != 1 {
		return nil, "", badInput(fmt.Errorf("want the id of one case, got %d", len(args)))
	}
	f, err := a.load(street.LoadOptions{})
	if err != nil {
		return nil, "", err
	}
	now, err := a.instant(f)
	if err != nil {
		return nil, "", err
	}
	s, err := a.play(ctx, f, now)
	if err != nil {
		return nil, "", err
	}
	id := street.Code(args[0])
	_, there := s.Case(id)
	if _, gone := s.Archived(id); !there && !gone {
		if c, ok := s.CaseOf(id); ok {
			return nil, "", badInput(fmt.Errorf(words(a.lang)["in_case"], id, c.ID))
		}
		return nil, "", badInput(fmt.Errorf(words(a.lang)["no_case"], id, now.In(f.Zone).Format(time.RFC3339)))
	}
	return s, id, nil
}

// why prints who answers for a case, by which rule, which other rules were looked at
// and why they did not apply, and who held it how long.
func (a *app) why(ctx context.Context, words []string) error {
	s, id, err := a.played(ctx, words)
	if err != nil {
		return err
	}
	text, err := s.Why(id, a.lang)
	if err != nil {
		return err
	}
	now, err := a.instant(s.Folder())
	if err != nil {
		return err
	}
	held, err := s.WhyHeld(ctx, id, now, a.lang)
	if err == nil {
		fmt.Fprintf(a.stdout, "%s\n%s\n", text, held)
		a.places(s.Folder())
	}
	return err
}

// places says on stderr which coordinate system places are shown in, unless it is
// the folder's own.
func (a *app) places(f *street.Folder) {
	if text := f.PlacesText(a.lang); text != "" {
		fmt.Fprintln(a.stderr, text)
	}
}

// trace prints every recorded fact of a case, oldest first, and who was to be told of it.
func (a *app) trace(ctx context.Context, args []string) error {
	s, id, err := a.played(ctx, args)
	if err != nil {
		return err
	}
	told, err := s.Told(ctx, id)
	if err != nil {
		return err
	}
	a.places(s.Folder())
	hide := s.Folder().Directory.Redactor()
	zone, names := s.Folder().Zone, s.Folder().Names(a.lang)
	w := words(a.lang)
	fmt.Fprintf(a.stdout, "%s  %s  %s %s %s\n", pad(w["record"], 6), pad(w["time"], 25), pad(w["fact"], 18), pad(w["by"], 20), w["said"])
	for t, err := range s.Trace(ctx, id) {
		if err != nil {
			return err
		}
		body, err := json.Marshal(t.Entry.Fact)
		if err != nil {
			return err
		}
		at := t.Entry.At.In(zone).Format(time.RFC3339)
		fmt.Fprintf(a.stdout, "%6d  %-25s  %-18s %-20s %s\n", t.Record, at, t.Fact(), actor(t.Entry.Actor), discreetJSON(hide, body))
		for _, n := range told {
			if n.Seq == t.Entry.Seq {
				fmt.Fprintf(a.stdout, "%6s  %-25s  %s %-20s %s\n", "", at, pad(w["told_of"], 18), "", names.Notice(n))
			}
		}
		if t.Fact() == "archived" {
			fmt.Fprintf(a.stdout, "%6s  %-25s  %s %-20s %s\n", "", at, pad(w["archived"], 18), "", w["for_good"])
		}
		if best, ok := s.Repeats(id); ok && t.Fact() == "case_filed" {
			fmt.Fprintf(a.stdout, "%6s  %-25s  %s %-20s %s\n", "", at, pad(w["may_repeat"], 18), "", best.Case)
		}
	}
	return nil
}

// actor is who gave a command: a person, a post or both; – for the system of record
// and for what a clock brought about.
func actor(who dispatch.Actor) string {
	switch {
	case who == (dispatch.Actor{}):
		return "–"
	case who.Person == "":
		return string(who.Post)
	case who.Post == "":
		return string(who.Person)
	}
	return string(who.Person) + "@" + string(who.Post)
}
