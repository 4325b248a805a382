package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/grid/audit"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// check prints every finding of the folder and what the audit of its areas
// proved; -geojson writes what it found, with geometry. It fails with errFindings
// when a finding is an error, and as bad input when the folder cannot be loaded
// at all.
func (a *app) check(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return badInput(fmt.Errorf("unexpected %q", args))
	}
	f, err := a.load(street.LoadOptions{Tolerant: true, Audit: true})
	if load, ok := errors.AsType[*street.LoadError](err); ok {
		a.findings(load.Faults)
		a.findings(load.Findings)
		if load.Left > 0 {
			fmt.Fprintf(a.stdout, "+%d\n", load.Left)
		}
		return badInput(errUnloadable)
	}
	if err != nil {
		return err
	}
	now, err := a.instant(f)
	if err != nil {
		return err
	}
	refused, setup, unready, err := lifeFindings(ctx, f, now)
	if err != nil {
		return err
	}
	list := slices.Concat(refused, f.Findings, f.DeskFindings(), setup, rosterFindings(f, now), unready)
	slices.SortStableFunc(list, func(x, y street.Finding) int { return reference(y) - reference(x) })
	if err := a.tell(list, f); err != nil {
		return err
	}
	for _, line := range []string{f.PlacesText(a.lang), words(a.lang)["areas_only"] + f.Audit.Certificate.Text(a.lang)} {
		if !a.json && line != "" {
			fmt.Fprintln(a.stdout, line)
		}
	}
	if !a.json && !f.Strict && f.Audit.Certificate.Errors > 0 {
		fmt.Fprintln(a.stdout, words(a.lang)["not_strict"])
	}
	if err := a.defects(f.Audit); err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(x street.Finding) bool { return x.Level == street.Error }) {
		return errFindings
	}
	return nil
}

// tell prints the findings, as sentences or as JSON, and how many are not listed.
func (a *app) tell(list []street.Finding, f *street.Folder) error {
	if a.json {
		described := []finding{}
		for _, x := range list {
			described = append(described, describe(x, a.lang))
		}
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(map[string]any{"findings": described, "findings_left_out": f.NotesLeft})
	}
	a.findings(list)
	if f.NotesLeft > 0 {
		fmt.Fprintf(a.stdout, "+%d\n", f.NotesLeft)
	}
	return nil
}

// defects writes what the audit found to the file that -geojson names.
func (a *app) defects(report *audit.Report) error {
	if a.geojson == "" {
		return nil
	}
	var b bytes.Buffer
	if err := report.WriteGeoJSON(&b); err != nil {
		return err
	}
	return writeResults(filepath.Dir(a.geojson), []result{{filepath.Base(a.geojson), b.Bytes()}})
}

// reference puts a name that leads nowhere before the gaps that it tears, and the
// number of what is not listed after what is.
func reference(x street.Finding) int {
	switch {
	case strings.HasPrefix(x.Code, "unknown-") && x.Level == street.Error:
		return 1
	case x.Code == "audit-more":
		return -1
	}
	return 0
}

func (a *app) findings(list []street.Finding) {
	for _, x := range list {
		fmt.Fprintln(a.stdout, x.Sentence(a.lang))
	}
}

// lifeFindings lives the folder up to now and answers what its commands were refused,
// where money that does not add up is an error, where the street is not set up as it
// must be, and what its notices lack. A folder whose rules are refused does not live: that
// is among refused.
func lifeFindings(ctx context.Context, f *street.Folder, now time.Time) (refused, setup, unready []street.Finding, err error) {
	s, err := street.Open(ctx, f, journal.NewMemory())
	if err != nil {
		return nil, nil, nil, err
	}
	err = s.Play(ctx, now, nil)
	rules, unproved := errors.AsType[*street.RulesRefused](err)
	if err != nil && !unproved {
		return nil, nil, nil, err
	}
	if refused, err = s.Refused(ctx); err != nil {
		return nil, nil, nil, err
	}
	if unproved {
		refused = append(refused, rules.Finding())
	}
	if setup, err = s.AuditStructure(ctx, now); err != nil {
		return nil, nil, nil, err
	}
	unready, err = unreadyNotices(ctx, s, now)
	return refused, setup, unready, err
}
