// Command match measures, in one process and one run, the responsibility list,
// its proof, legal working time and the duty desk, each beside what a Go program
// would use otherwise. Every peer must give the same answers as ours before it is
// timed, or the command fails. See ../README.md.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/bench/cputime"
)

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "match:", err)
		os.Exit(1)
	}
}

// The largest sizes: what a list may hold, and open cases of a whole city.
const (
	rulesMax = 100_000
	casesMax = 1_000_000
)

// plan is what to measure and how much of it.
type plan struct {
	sizes  []int // rules of each list
	names  []string
	parts  []string
	seed   uint64
	cases  int // open on a desk
	agree  int // questions on which every peer must agree
	effort effort
	tell   io.Writer // progress
}

// part is one group of rows.
type part struct {
	name    string
	measure func(*plan) ([]row, error)
}

var parts = []part{{"match", measureMatch}, {"prove", measureProve}, {"worktime", measureWorktime}, {"desk", measureDesk}}

func run(args []string, out, progress io.Writer) error {
	p, err := parse(args, progress)
	if err != nil {
		return err
	}
	before := load()
	var rows []row
	for _, part := range parts {
		if !slices.Contains(p.parts, part.name) {
			continue
		}
		more, err := part.measure(p)
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		rows = append(rows, more...)
	}
	fmt.Fprintf(out, "%s %s/%s, %d CPUs, load %s before and %s after; %s\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), before, load(), cputime.Name)
	write(out, rows)
	return nil
}

func parse(args []string, progress io.Writer) (*plan, error) {
	flags := flag.NewFlagSet("match", flag.ContinueOnError)
	flags.SetOutput(progress)
	sizes := flags.String("sizes", "100,1000,10000", "numbers of rules")
	peers := flags.String("peers", "", "peers to compare with, all if empty; ours are always in it")
	names := flags.String("parts", "match,prove,worktime,desk", "what to measure")
	p := &plan{agree: 200, effort: full, tell: progress}
	flags.Uint64Var(&p.seed, "seed", 1, "of rules, events and instants")
	flags.IntVar(&p.cases, "n", 20_000, "cases open on a desk")
	fast := flags.Bool("quick", false, "50 rules, 200 cases and one short round unless -sizes and -n say otherwise: figures mean nothing")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if *fast {
		p.effort, p.agree = quick, 50
		set := map[string]bool{}
		flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
		if !set["sizes"] {
			*sizes = "50"
		}
		if !set["n"] {
			p.cases = 200
		}
	}
	if p.cases < 1 || p.cases > casesMax {
		return nil, fmt.Errorf("-n: %d is not a number from 1 to %d", p.cases, casesMax)
	}
	for text := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > rulesMax {
			return nil, fmt.Errorf("-sizes: %q is not a number from 1 to %d", text, rulesMax)
		}
		p.sizes = append(p.sizes, n)
	}
	p.parts = strings.Split(*names, ",")
	for _, name := range p.parts {
		if !slices.ContainsFunc(parts, func(x part) bool { return x.name == name }) {
			return nil, fmt.Errorf("-parts: %q is not one of match, prove, worktime and desk", name)
		}
	}
	if *peers != "" {
		p.names = strings.Split(*peers, ",")
	}
	return p, nil
}

// wants reports whether a peer is to be measured.
func (p *plan) wants(name string, ours bool) bool {
	return ours || len(p.names) == 0 || slices.Contains(p.names, name)
}

// load is the machine's load, where it can be read.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:1], " ")
}
