// Command street runs a street folder: it files the events, finds who answers
// for each and by when, keeps the books, scores the work and writes what it
// decided.
//
//	go run ./examples/street                      the embedded place "boston"
//	go run ./examples/street -street guanlan-mini a community of six red grids, in Chinese
//	go run ./examples/street -dir DIR -out DIR    your own folder
//	go run ./examples/street check -dir DIR [-geojson FILE]
//	                                              every finding, areas compared with one another;
//	                                              exit 1 when one is an error
//	go run ./examples/street learn -dir DIR -events FILE [-before TIME] [-o FILE]
//	go run ./examples/street why CASE [-dir DIR]  who answers for a case, and why
//	                                              and who held it how long
//	go run ./examples/street trace CASE           every recorded fact of a case
//	go run ./examples/street worklist POST|PARTY|PERSON|AREA [-max N] [-after CURSOR] [-json]
//	                                              open cases, the one due first at the top
//	go run ./examples/street diff -dir A -to B [-json]
//	                                              what the list of B would change
//	go run ./examples/street export [-source URI] every fact about cases as a CloudEvent, one a line
//	go run ./examples/street duty POST|PARTY|AREA [-at TIME]
//	                                              who is on duty there, and each step of why
//	go run ./examples/street notice AREA [-at TIME]
//	                                              the notice of an area; exit 1 when something is missing
//	go run ./examples/street council [CODE]       the councils in numbers, or the topics of one
//	go run ./examples/street visits [AREA]        visits owed, made and missed, or those not made
//
// Exit codes: 0 done, 1 findings (check, notice), 2 bad input, 3 input or output failed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	_ "time/tzdata" // so that a zone loads on a machine without zone files

	"github.com/gridgov/gridgov/street"
)

const (
	exitDone     = 0
	exitFindings = 1
	exitBadInput = 2
	exitIO       = 3
)

// app is one invocation: where it writes and what it was told.
type app struct {
	stdout, stderr io.Writer
	terminal       bool // stderr is one, so progress may be drawn

	place, dir, out string
	now, at, lang   string
	quiet, json     bool
	journal         string
	events, before  string
	output          string
	geojson         string
	to, source      string
	after           string
	most            int
}

// notYet are the commands of the format that this version does not have.
var notYet = []string{"verify"}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	info, err := os.Stderr.Stat()
	a := &app{stdout: os.Stdout, stderr: os.Stderr, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
	code := a.main(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// main runs one command line and answers its exit code.
func (a *app) main(ctx context.Context, args []string) int {
	name := "run"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	if slices.Contains(notYet, name) {
		return a.fail(fmt.Errorf("%s: %w", name, errNotYet))
	}
	command, ok := map[string]func(context.Context, []string) error{
		"run": a.run, "check": a.check, "learn": a.learn, "why": a.why, "trace": a.trace,
		"duty": a.duty, "notice": a.notice, "council": a.council, "visits": a.visits,
		"diff": a.diff, "worklist": a.worklist, "export": a.export,
	}[name]
	if !ok {
		return a.fail(badInput(fmt.Errorf("unknown command %q: want run, check, learn, diff, why, trace, worklist, export, duty, notice, council or visits", name)))
	}
	words, err := a.parse(name, args)
	if err == nil && a.journal != "" {
		err = fmt.Errorf("-journal: %w", errNotYet)
	}
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err != nil {
		return a.fail(badInput(err))
	}
	return a.fail(command(ctx, words))
}

// parse reads the flags of a command; words that are no flags may stand before,
// between or after them.
func (a *app) parse(name string, args []string) (words []string, err error) {
	f := flag.NewFlagSet("street "+name, flag.ContinueOnError)
	f.SetOutput(a.stderr)
	f.StringVar(&a.place, "street", "boston", "embedded place: "+strings.Join(placeNames(), ", "))
	f.StringVar(&a.dir, "dir", "", "street folder to use instead of an embedded place")
	f.StringVar(&a.lang, "lang", "", "language of texts: en or zh")
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
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		if args = f.Args(); len(args) == 0 {
			break
		}
		words, args = append(words, args[0]), args[1:]
	}
	if a.lang != "" && a.lang != "en" && a.lang != "zh" {
		return nil, fmt.Errorf("-lang is %q, want en or zh", a.lang)
	}
	return words, nil
}

// faults a command can end with, by exit code.
var (
	errNotYet   = errors.New("not yet in this version")
	errBadInput = errors.New("bad input")
	errFindings = errors.New("findings")
)

func badInput(err error) error { return fmt.Errorf("%w: %w", errBadInput, err) }

// fail prints err and answers the exit code for it; nil is done.
func (a *app) fail(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errFindings) {
		return exitFindings
	}
	if load, ok := errors.AsType[*street.LoadError](err); ok {
		fmt.Fprintln(a.stderr, load.Text(a.lang))
		return exitBadInput
	}
	fmt.Fprintln(a.stderr, "street:", err)
	if errors.Is(err, errBadInput) || errors.Is(err, errNotYet) {
		return exitBadInput
	}
	return exitIO
}
