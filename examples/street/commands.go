package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
)

// subcommand is one word that the program understands.
type subcommand struct {
	name, takes string // takes is what stands behind the name, besides flags
	text        string // what it does
	do          func(*app, context.Context, []string) error
}

// commands are all of them, in the order in which help lists them.
func commands() []subcommand {
	return []subcommand{
		{"run", "", "live the folder and write decisions.csv, summary.json and report.html (the default)", (*app).run},
		{"check", "", "every finding, areas compared with one another; exit code 1 when one is an error", (*app).check},
		{"learn", "-events FILE", "mine a responsibility list from handled events", (*app).learn},
		{"diff", "-to DIR", "who would lead by the list of another folder, and the open cases that it moves; limits, standards and other roles are not compared", (*app).diff},
		{"why", "CASE", "who answers for a case and why, and who held it how long", (*app).why},
		{"trace", "CASE", "every recorded fact of a case", (*app).trace},
		{"worklist", "POST|PARTY|PERSON|AREA", "open cases, the one due first at the top", (*app).worklist},
		{"export", "", "every fact about cases as a CloudEvent, one a line", (*app).export},
		{"duty", "POST|PARTY|AREA", "who is on duty there, and each step of why", (*app).duty},
		{"notice", "AREA", "the notice of an area; exit code 1 when something is missing", (*app).notice},
		{"council", "[CODE]", "the councils in numbers, or the topics of one", (*app).council},
		{"visits", "[AREA]", "visits owed, made and missed, or those not made", (*app).visits},
	}
}

func commandNamed(name string) (subcommand, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return subcommand{}, false
}

// commandNames lists the names for a sentence.
func commandNames() string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// help prints what there is, or the flags of one command.
func (a *app) help(words []string) int {
	if len(words) > 0 {
		c, ok := commandNamed(words[0])
		if !ok {
			return a.fail(badInput(fmt.Errorf("unknown command %q: want %s", words[0], commandNames())))
		}
		f := a.flags(c.name)
		f.SetOutput(a.stdout)
		a.usage(c, f)
		return exitDone
	}
	fmt.Fprintln(a.stdout, "usage: street [COMMAND] [WORDS] [FLAGS]")
	for _, c := range commands() {
		fmt.Fprintf(a.stdout, "  %-33s %s\n", strings.TrimSpace(c.name+" "+c.takes), c.text)
	}
	fmt.Fprintln(a.stdout, "street help COMMAND lists its flags; each takes -street NAME or -dir DIR, -now TIME and -lang zh|en.")
	return exitDone
}

// usage prints one command with its flags where the flags are printed.
func (a *app) usage(c subcommand, f *flag.FlagSet) {
	fmt.Fprintf(f.Output(), "usage: street %s [FLAGS]\n%s\n", strings.TrimSpace(c.name+" "+c.takes), c.text)
	f.PrintDefaults()
	if c.name == "run" {
		fmt.Fprintln(f.Output(), "street help lists the other commands.")
	}
}

// flags are those of one command.
func (a *app) flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet("street "+name, flag.ContinueOnError)
	f.SetOutput(a.stderr)
	f.StringVar(&a.place, "street", "boston", "embedded place: "+strings.Join(placeNames(), ", "))
	f.StringVar(&a.dir, "dir", "", "street folder to use instead of an embedded place")
	f.StringVar(&a.lang, "lang", "", "language of texts: en or zh (default: en)")
	f.StringVar(&a.now, "now", "", "the instant to stop at (default: the latest one in the folder)")
	switch name {
	case "run":
		f.StringVar(&a.out, "out", "", "directory for the results (default: a new one, printed)")
		f.BoolVar(&a.quiet, "quiet", false, "print only faults")
		f.BoolVar(&a.json, "json", false, "print summary.json on standard output")
		f.StringVar(&a.journal, "journal", "", "keep the facts in this file (not yet)")
	case "duty", "notice", "council", "visits":
		f.StringVar(&a.at, "at", "", "the instant to look at (default: that of -now)")
	case "diff":
		f.StringVar(&a.to, "to", "", "street folder with the other list (required)")
		f.BoolVar(&a.json, "json", false, "print the impact as JSON")
	case "worklist":
		f.IntVar(&a.most, "max", 50, "cases to list")
		f.StringVar(&a.after, "after", "", "cursor that an earlier list ended with")
		f.BoolVar(&a.json, "json", false, "print the cases as JSON")
	case "export":
		f.StringVar(&a.source, "source", "urn:gridgov:street", "URI of who sends")
	case "check":
		f.BoolVar(&a.json, "json", false, "print the findings as JSON")
		f.StringVar(&a.geojson, "geojson", "", "file to write the defects of the areas to, with geometry")
	case "learn":
		f.StringVar(&a.events, "events", "", "handled events to learn from, CSV, gzipped or not (required)")
		f.StringVar(&a.before, "before", "", "learn only from events before this instant")
		f.StringVar(&a.output, "o", "", "file to write (default: standard output)")
	}
	return f
}
