package rounds_test

import (
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/gridgov/gridgov/party/rounds"
)

func step(b testing.TB, log *rounds.Log, at time.Time, c rounds.Command) {
	o, err := log.Decide(at, c)
	if err != nil || o.Refusal != nil {
		b.Fatal(err, o.Refusal)
	}
	for _, e := range o.Entries {
		if err := log.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
}

// loaded answers a log with one monthly plan and that many households.
func loaded(b testing.TB, n int) *rounds.Log {
	log := rounds.NewLog(east8, nil)
	step(b, log, local(2026, 1, 1, 9), rounds.Command{Do: monthly("2026-01-01")})
	for i := range n {
		e := enrol(rounds.Code("h-"+strconv.Itoa(i)), "key")
		e.Building = rounds.Code("b-" + strconv.Itoa(i/50))
		step(b, log, local(2026, 1, 1, 9), rounds.Command{Do: e})
	}
	return log
}

// BenchmarkVisit measures a visit through Decide and Apply with 100,000
// households; the keyed ones also pay for two digests and the key index.
func BenchmarkVisit(b *testing.B) {
	for _, keyed := range []bool{false, true} {
		b.Run(map[bool]string{false: "unkeyed", true: "keyed"}[keyed], func(b *testing.B) {
			const n = 100_000
			log, i := loaded(b, n), 0
			b.ReportAllocs()
			for b.Loop() {
				c := rounds.Command{Do: rounds.Visit{Household: rounds.Code("h-" + strconv.Itoa(i%n)), People: []rounds.Code{"li", "wu"}, Kind: "door"}}
				if i++; keyed {
					c.Key = strconv.Itoa(i)
				}
				step(b, log, local(2026, 1, 2, 9), c)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commands/s")
		})
	}
}

// BenchmarkMonthEnd measures the Tick at the end of a month in which 100,000
// households owed a visit and a tenth was missed.
func BenchmarkMonthEnd(b *testing.B) {
	const n = 100_000
	log := loaded(b, n)
	for i := range n {
		if i%10 != 0 {
			step(b, log, local(2026, 1, 2, 9), rounds.Command{Do: rounds.Visit{Household: rounds.Code("h-" + strconv.Itoa(i)), People: []rounds.Code{"li"}, Kind: "door"}})
		}
	}
	entries := 0
	for b.Loop() {
		o, err := log.Tick(local(2026, 2, 1, 0))
		if err != nil {
			b.Fatal(err)
		}
		entries = len(o.Entries)
	}
	b.ReportMetric(float64(entries), "entries")
}

// BenchmarkMemory reports the bytes that a household on one plan takes, and a
// visit by two people.
func BenchmarkMemory(b *testing.B) {
	const n = 100_000
	heap := func() float64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	for b.Loop() {
		before := heap()
		log := loaded(b, n)
		houses := heap()
		for i := range n {
			step(b, log, local(2026, 1, 2, 9), rounds.Command{Do: rounds.Visit{Household: rounds.Code("h-" + strconv.Itoa(i)), People: []rounds.Code{"li", "wu"}, Kind: "door"}})
		}
		visits := heap()
		b.ReportMetric((houses-before)/n, "B/household")
		b.ReportMetric((visits-houses)/n, "B/visit")
		runtime.KeepAlive(log)
	}
}

// BenchmarkReplay measures Apply alone.
func BenchmarkReplay(b *testing.B) {
	const n = 10_000
	h := fresh(b, east8, local(2026, 1, 1, 9))
	h.ok(monthly("2026-01-01"))
	for i := range n {
		h.ok(enrol(rounds.Code("h-"+strconv.Itoa(i)), "key"))
		h.ok(rounds.Visit{Household: rounds.Code("h-" + strconv.Itoa(i)), People: []rounds.Code{"li"}, Kind: "door"})
	}
	for b.Loop() {
		log := rounds.NewLog(nil, nil)
		for _, e := range h.entries {
			if err := log.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(h.entries))/b.Elapsed().Seconds(), "entries/s")
}
