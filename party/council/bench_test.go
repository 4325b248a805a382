package council_test

import (
	"strconv"
	"testing"

	"github.com/gridgov/gridgov/party/council"
)

// BenchmarkTopics brings topics through a council of 15: raised, voted on by
// everybody, resolved, done: 18 keyed commands each, decided and applied.
func BenchmarkTopics(b *testing.B) {
	h := assembly(b, plain(), 15)
	h.session("g0", 15)
	n, meeting := 0, council.Code("g0")
	step := func(do council.Do) {
		n++
		o, err := h.m.Decide(noon, council.Command{Key: strconv.Itoa(n), Do: do})
		if err != nil || o.Refusal != nil {
			b.Fatal(err, o.Refusal)
		}
		for _, e := range o.Entries {
			if err := h.m.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%200 == 199 {
			step(council.Close{Meeting: meeting})
			meeting = council.Code("g" + strconv.Itoa(i))
			step(council.Convene{Meeting: meeting, Council: "c", For: noon})
			step(council.Open{Meeting: meeting, Present: people(15)})
		}
		id := council.Code("t" + strconv.Itoa(i))
		step(council.Raise{Topic: id, Council: "c", Title: "路灯", Meeting: meeting})
		for _, p := range people(15) {
			step(council.Vote{Topic: id, Person: p, Choice: council.Yes})
		}
		step(owned(id, noon.Add(day)))
		step(council.Done{Topic: id, Result: "办结"})
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "commands/s")
}

// BenchmarkReplay applies a journal of topics raised and withdrawn.
func BenchmarkReplay(b *testing.B) {
	h := fresh(b)
	h.quick = true
	h.ok(founded("c", plain(), ""))
	for i := range 2000 {
		id := council.Code("t" + strconv.Itoa(i))
		h.ok(council.Raise{Topic: id, Council: "c", Title: "路灯"}, council.Withdraw{Topic: id})
	}
	for b.Loop() {
		m := council.NewMinutes(nil)
		for _, e := range h.entries {
			if err := m.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(h.entries))/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkCount counts a thousand topics in one council.
func BenchmarkCount(b *testing.B) {
	h := fresh(b)
	h.quick = true
	h.ok(founded("c", plain(), ""))
	for i := range 1000 {
		h.ok(council.Raise{Topic: council.Code("t" + strconv.Itoa(i)), Council: "c", Title: "路灯"})
	}
	for b.Loop() {
		if h.m.Count([]council.Code{"c"}, council.Interval{}, noon).Raised != 1000 {
			b.Fatal("lost")
		}
	}
}

// BenchmarkVotes records the votes of a meeting of 10,000, each decided and applied.
func BenchmarkVotes(b *testing.B) {
	const seats = 10_000
	h := assembly(b, plain(), seats)
	h.quick = true
	h.session("g0", seats)
	n := 0
	for i := 0; b.Loop(); i++ {
		id := council.Code("t" + strconv.Itoa(i))
		h.ok(council.Raise{Topic: id, Council: "c", Title: "路灯", Meeting: "g0"})
		for _, p := range people(seats) {
			h.ok(council.Vote{Topic: id, Person: p, Choice: council.Yes})
		}
		h.ok(owned(id, noon.Add(day)))
		n += seats + 2
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "commands/s")
}
