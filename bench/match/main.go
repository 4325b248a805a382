// Command match compares dispatch.List with other ways to find the rules that
// cover an event, side by side in one process on the same rules and events: a
// linear scan, a scan sorted by precedence, OPA, CEL and expr. Every peer must
// give the same answers, or the command fails. See ../README.md.
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
	"time"
)

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "match:", err)
		os.Exit(1)
	}
}

const (
	rulesMax = 100_000
	agreeOn  = 200 // events on which every peer must agree
	rounds   = 5
	perTurn  = 40               // in one turn of a peer
	window   = time.Millisecond // at least one event
	turnMax  = 300 * time.Millisecond
)

func run(args []string, out, progress io.Writer) error {
	flags := flag.NewFlagSet("match", flag.ContinueOnError)
	flags.SetOutput(progress)
	sizes := flags.String("sizes", "100,1000,10000", "numbers of rules")
	names := flags.String("peers", "", "peers to compare with, all if empty; ours are always in it")
	seed := flags.Uint64("seed", 1, "of the rules and events")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var rows []row
	for text := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > rulesMax {
			return fmt.Errorf("-sizes: %q is not a number from 1 to %d", text, rulesMax)
		}
		w, err := newWorld(n, *seed)
		if err != nil {
			return err
		}
		var chosen []*contestant
		for _, p := range peers {
			if *names != "" && !p.ours && !slices.Contains(strings.Split(*names, ","), p.name) {
				continue
			}
			fmt.Fprintf(progress, "%d rules: %s\n", n, p.name)
			c, err := enter(p, w)
			if err != nil {
				return fmt.Errorf("%s, %d rules: %w", p.name, n, err)
			}
			chosen = append(chosen, c)
		}
		for round := range rounds {
			for i := range chosen { // another one first each time
				if err := chosen[(i+round)%len(chosen)].turn(w); err != nil {
					return err
				}
			}
		}
		for _, c := range chosen {
			slices.Sort(c.windows)
			c.row.each = c.windows[len(c.windows)/5]
			rows = append(rows, c.row)
		}
	}
	fmt.Fprintf(out, "%s %s/%s, %d CPUs, load %s\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), load())
	write(out, rows)
	return nil
}

// load is the machine's load, where it can be read.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:1], " ")
}

// row is what one peer took for one list.
type row struct {
	peer         peer
	rules        int
	hits         float64 // rules found, on average
	build, each  time.Duration
	bytes, times float64 // allocated, for each event
}

// contestant is a peer that has built its index and answered rightly.
type contestant struct {
	row     row
	match   matcher
	windows []time.Duration // of one event
	next    int
}

// enter builds a peer and checks its answers.
func enter(p peer, w *world) (*contestant, error) {
	start := time.Now()
	match, err := p.build(w)
	if err != nil {
		return nil, err
	}
	c := &contestant{match: match, row: row{peer: p, rules: len(w.rules), build: time.Since(start)}}
	for i := range agreeOn {
		e := &w.events[i]
		got, err := match(e)
		if err != nil {
			return nil, err
		}
		want := w.covering(e)
		if p.first {
			want = want[:1]
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			return nil, fmt.Errorf("event %d: %v, but the rules that cover it are %v", i, got, want)
		}
		c.row.hits += float64(len(got)) / agreeOn
	}
	return c, nil
}

// turn times windows of events.
func (c *contestant) turn(w *world) error {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begun, n, batch := time.Now(), 0, 1
	for got := 0; got < perTurn; {
		start := time.Now()
		for range batch {
			if _, err := c.match(&w.events[c.next%len(w.events)]); err != nil {
				return err
			}
			c.next++
		}
		took := time.Since(start)
		n += batch
		if took < window && batch < 1<<20 {
			batch *= 2 // still finding out how many events fill a window
			continue
		}
		c.windows = append(c.windows, took/time.Duration(batch))
		got++
		if time.Since(begun) > turnMax {
			break
		}
	}
	runtime.ReadMemStats(&after)
	c.row.bytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(n)
	c.row.times = float64(after.Mallocs-before.Mallocs) / float64(n)
	return nil
}

// write is the table, with the ratio to ours of the same kind.
func write(out io.Writer, rows []row) {
	ours := map[string]time.Duration{}
	kind := func(r row) string { return fmt.Sprint(r.rules, r.peer.first) }
	for _, r := range rows {
		if r.peer.ours {
			ours[kind(r)] = r.each
		}
	}
	fmt.Fprintln(out, "| rules | peer | finds | hits | an event | to ours | B, allocations | build |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|")
	for _, r := range rows {
		finds := "all"
		if r.peer.first {
			finds = "first"
		}
		fmt.Fprintf(out, "| %d | %s | %s | %.1f | %d ns | %.1f | %.0f, %.0f | %s |\n", r.rules, r.peer.name, finds, r.hits, r.each.Nanoseconds(),
			float64(r.each)/float64(ours[kind(r)]), r.bytes, r.times, r.build.Round(time.Millisecond))
	}
}
