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
// Exit codes: 0 done, 1 findings (check, notice; of any command that the rules are refused), 2 bad input, 3 input or output failed.
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
	command, ok := commandNamed(name)
	switch {
	case name == "help":
		return a.help(args)
	case !ok:
		return a.fail(badInput(fmt.Errorf("unknown command %q: want %s", name, commandNames())))
	}
	words, err := a.parse(command, args)
	if err == nil && a.journal != "" {
		err = fmt.Errorf("-journal: %w", errNotYet)
	}
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err != nil {
		return a.fail(badInput(err))
	}
	return a.fail(command.do(a, ctx, words))
}

// parse reads the flags of a command; words that are no flags may stand before,
// between or after them.
func (a *app) parse(c subcommand, args []string) (words []string, err error) {
	f := a.flags(c.name)
	f.Usage = func() { a.usage(c, f) }
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		if args = f.Args(); len(args) == 0 {
			break
		}
		words, args = append(words, args[0]), args[1:]
	}
	given := map[string]bool{}
	f.Visit(func(each *flag.Flag) { given[each.Name] = true })
	if given["dir"] && given["street"] {
		return nil, errors.New("-dir and -street name two streets: want one")
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

	errUnloadable = errors.New("the folder cannot be loaded")
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
	if errors.Is(err, errUnloadable) && a.lang == "zh" {
		fmt.Fprintln(a.stderr, "street：输入有误，该文件夹无法载入")
		return exitBadInput
	}
	text, unproved := err.Error(), false
	if refused, ok := errors.AsType[*street.RulesRefused](err); ok {
		text, unproved = refused.Text(a.lang), true
	}
	text = strings.TrimPrefix(text, "street: ")
	if rest, ok := strings.CutPrefix(text, errBadInput.Error()+": "); ok {
		text = words(a.lang)["bad_input"] + rest
	}
	if a.lang == "zh" {
		fmt.Fprintln(a.stderr, "street："+text)
	} else {
		fmt.Fprintln(a.stderr, "street:", text)
	}
	switch {
	case unproved:
		return exitFindings
	case errors.Is(err, errBadInput), errors.Is(err, errNotYet):
		return exitBadInput
	}
	return exitIO
}
