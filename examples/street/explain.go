package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/street"
)

// played runs the folder up to the instant that the flags name.
func (a *app) played(ctx context.Context, words []string) (*street.Street, street.Code, error) {
	if len(words) != 1 {
		return nil, "", badInput(fmt.Errorf("want one case, got %q", words))
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
	id := street.Code(words[0])
	if _, ok := s.Case(id); !ok {
		return nil, "", badInput(fmt.Errorf("there is no case %s up to %s", id, now.In(f.Zone).Format(time.RFC3339)))
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

// trace prints every recorded fact of a case, oldest first.
func (a *app) trace(ctx context.Context, words []string) error {
	s, id, err := a.played(ctx, words)
	if err != nil {
		return err
	}
	a.places(s.Folder())
	zone := s.Folder().Zone
	for t, err := range s.Trace(ctx, id) {
		if err != nil {
			return err
		}
		body, err := json.Marshal(t.Entry.Fact)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "%6d  %s  %-18s %s\n", t.Record, t.Entry.At.In(zone).Format(time.RFC3339), t.Fact(), body)
		if best, ok := s.Repeats(id); ok && t.Fact() == "case_filed" {
			fmt.Fprintf(a.stdout, "%6s  %s  %-18s %s\n", "", t.Entry.At.In(zone).Format(time.RFC3339), "(may repeat)", best.Case)
		}
	}
	return nil
}
