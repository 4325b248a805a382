// Command bench compares grid.Map with other ways to find the polygon that holds
// a point, side by side in one process on the same polygons and points: what they
// cost to build and keep, how long a look-up takes, and where the answers differ.
// See README.md for what is measured and how far to trust it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options is the command line.
type options struct {
	sizes  []int
	files  []string
	format string
	plan   plan
}

const (
	leavesMax = 1_000_000
	pointsMax = 1 << 24
	// buildsOnceAbove is the leaves from which an index is built only once.
	buildsOnceAbove = 20_000
)

var formats = []string{"table", "md", "csv"}

func run(args []string, out, progress io.Writer) error {
	o, err := parse(args, progress)
	if err != nil {
		return err
	}
	say := func(text string) { fmt.Fprintln(progress, text) }
	var outcomes []outcome
	for _, n := range o.sizes {
		say(fmt.Sprintf("%d leaves: making them", n))
		if outcomes, err = add(outcomes, synthetic(n, o.plan.seed), o.plan, say); err != nil {
			return err
		}
	}
	for _, path := range o.files {
		t, err := readTiling(path)
		if err != nil {
			return err
		}
		if outcomes, err = add(outcomes, t, o.plan, say); err != nil {
			return err
		}
	}
	return write(out, o.format, machine(), outcomes)
}

func add(outcomes []outcome, t *tiling, p plan, say func(string)) ([]outcome, error) {
	if t.shape.leaves > buildsOnceAbove {
		p.builds = 1
	}
	result, err := compete(t, p, say)
	return append(outcomes, result), err
}

func parse(args []string, usage io.Writer) (options, error) {
	o := options{plan: plan{effort: effort{window: time.Millisecond}}}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(usage)
	sizes := flags.String("sizes", "100,5000,100000", "leaves of the synthetic tilings, none if empty")
	points := flags.String("points", strings.Join(kinds, ","), "kinds of sample points")
	names := flags.String("peers", "", "peers to compare with, all if empty")
	flags.Func("london", "GeoJSON `file` with areas to measure too, gzip or plain; may be repeated", func(path string) error {
		o.files = append(o.files, path)
		return nil
	})
	flags.StringVar(&o.format, "format", "table", "table, md or csv")
	flags.IntVar(&o.plan.check, "check", 100_000, "points of each kind whose answers are compared")
	flags.IntVar(&o.plan.points, "sample", 1<<20, "points of each kind")
	flags.IntVar(&o.plan.builds, "builds", 3, "builds of each index, one above 20,000 leaves")
	flags.IntVar(&o.plan.effort.rounds, "rounds", 5, "rounds in which every peer has its turn")
	flags.IntVar(&o.plan.effort.windows, "windows", 40, "windows of about 1 ms in a turn")
	flags.Uint64Var(&o.plan.seed, "seed", 1, "of the synthetic tilings and the points")
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	if flags.NArg() > 0 {
		return options{}, fmt.Errorf("what is %q?", flags.Arg(0))
	}
	var err error
	for _, text := range list(*sizes) {
		n, numberErr := strconv.Atoi(text)
		if numberErr != nil || n < 1 || n > leavesMax {
			return options{}, fmt.Errorf("-sizes: %q is not a number from 1 to %d", text, leavesMax)
		}
		o.sizes = append(o.sizes, n)
	}
	if o.plan.kinds = list(*points); len(o.plan.kinds) == 0 {
		return options{}, errors.New("-points: none")
	}
	for _, kind := range o.plan.kinds {
		if !slices.Contains(kinds, kind) {
			return options{}, fmt.Errorf("-points: no %q among %s", kind, strings.Join(kinds, ", "))
		}
	}
	if o.plan.peers, err = choose(list(*names)); err != nil {
		return options{}, err
	}
	return o, o.check()
}

// check judges the numbers and words that were given.
func (o *options) check() error {
	p := o.plan
	switch {
	case len(o.sizes)+len(o.files) == 0:
		return errors.New("neither -sizes nor a file")
	case !slices.Contains(formats, o.format):
		return fmt.Errorf("-format: no %q among %s", o.format, strings.Join(formats, ", "))
	case p.points < 2 || p.points > pointsMax:
		return fmt.Errorf("-sample: must be 2 to %d", pointsMax)
	case p.check < 0 || p.builds < 1 || p.effort.rounds < 1 || p.effort.windows < 1:
		return errors.New("-builds, -rounds and -windows must be at least 1, -check at least 0")
	}
	return nil
}

// list is the items of a list with commas.
func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}
