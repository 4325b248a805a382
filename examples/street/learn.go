package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/street"
)

// learn mines a responsibility list from handled events and writes it as
// duties.csv. It reads where things happened from lng and lat alone.
func (a *app) learn(_ context.Context, words []string) error {
	if len(words) > 0 || a.events == "" {
		return badInput(fmt.Errorf("learn needs -events FILE and no other words"))
	}
	f, err := a.load(street.LoadOptions{NoDuties: true, NoEvents: true})
	if err != nil {
		return err
	}
	data, err := os.ReadFile(a.events)
	if err != nil {
		return badInput(err)
	}
	events, err := f.ReadEvents(filepath.Base(a.events), data)
	if err != nil {
		return err
	}
	if a.before != "" {
		until, err := f.ParseTime(a.before)
		if err != nil {
			return badInput(fmt.Errorf("-before %q: %w", a.before, err))
		}
		kept := events[:0]
		for _, e := range events {
			if e.At.Before(until) {
				kept = append(kept, e)
			}
		}
		events = kept
	}
	learned, err := dispatch.Learn(f.Handled(events), f.Map, dispatch.LearnOptions{})
	if err != nil {
		return badInput(err)
	}
	table, err := duties(learned.Rules)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%d events, %d used, %d rules\n", learned.Report.Events, learned.Report.Used, len(learned.Rules))
	if a.output == "" {
		_, err := a.stdout.Write(table)
		return err
	}
	return writeResults(filepath.Dir(a.output), []result{{filepath.Base(a.output), table}})
}

// duties writes rules as duties.csv, with the columns that any of them uses.
func duties(rules []dispatch.Rule) ([]byte, error) {
	columns := []struct {
		name string
		of   func(dispatch.Rule) string
	}{
		{"id", func(r dispatch.Rule) string { return string(r.ID) }},
		{"role", func(r dispatch.Rule) string { return string(r.Role) }},
		{"matter", func(r dispatch.Rule) string { return string(r.Matter) }},
		{"party", func(r dispatch.Rule) string { return string(r.Party) }},
		{"area", func(r dispatch.Rule) string {
			if r.Area == "" {
				return string(dispatch.Any)
			}
			return string(r.Area)
		}},
		{"precedence", func(r dispatch.Rule) string {
			if r.Precedence == 0 {
				return ""
			}
			return strconv.Itoa(r.Precedence)
		}},
		{"basis", func(r dispatch.Rule) string { return r.Basis }},
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.name
	}
	if err := w.Write(header); err != nil {
		return nil, err
	}
	for _, r := range rules {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = c.of(r)
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
