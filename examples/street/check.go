package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// check prints every finding of the folder. It fails with errFindings when one
// is an error, and as bad input when the folder cannot be loaded at all.
func (a *app) check(ctx context.Context, words []string) error {
	if len(words) > 0 {
		return badInput(fmt.Errorf("unexpected %q", words))
	}
	f, err := a.load(street.LoadOptions{Tolerant: true})
	if load, ok := errors.AsType[*street.LoadError](err); ok {
		a.findings(load.Faults)
		a.findings(load.Findings)
		if load.Left > 0 {
			fmt.Fprintf(a.stdout, "+%d\n", load.Left)
		}
		return badInput(errors.New("the folder cannot be loaded"))
	}
	if err != nil {
		return err
	}
	list := slices.Clone(f.Findings)
	money, err := a.money(ctx, f)
	if err != nil {
		return err
	}
	list = append(money, list...)
	list = append(list, street.AuditLater())
	slices.SortStableFunc(list, func(x, y street.Finding) int { return reference(y) - reference(x) })
	a.findings(list)
	if f.NotesLeft > 0 {
		fmt.Fprintf(a.stdout, "+%d\n", f.NotesLeft)
	}
	if slices.ContainsFunc(list, func(x street.Finding) bool { return x.Level == street.Error }) {
		return errFindings
	}
	return nil
}

// reference puts a name that leads nowhere before the gaps that it tears.
func reference(x street.Finding) int {
	if strings.HasPrefix(x.Code, "unknown-") && x.Level == street.Error {
		return 1
	}
	return 0
}

func (a *app) findings(list []street.Finding) {
	for _, x := range list {
		fmt.Fprintln(a.stdout, x.Sentence(a.lang))
	}
}

// money plays the folder's commands and answers those that were refused; money
// that does not add up is an error.
func (a *app) money(ctx context.Context, f *street.Folder) ([]street.Finding, error) {
	if len(f.Commands)+len(f.Funds) == 0 {
		return nil, nil
	}
	now, err := a.instant(f)
	if err != nil {
		return nil, err
	}
	s, err := street.Open(ctx, f, journal.NewMemory())
	if err != nil {
		return nil, err
	}
	if err := s.Play(ctx, now, nil); err != nil {
		return nil, err
	}
	return s.Refused(ctx)
}
