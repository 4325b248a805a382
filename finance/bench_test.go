package finance_test

import (
	"fmt"
	"math/big"
	"strconv"
	"testing"
	"time"

	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/keyed"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// loaded answers a book with that many lines and mandates. Mandate i is funded
// by line i mod lines and two more, and has one large open commitment.
func loaded(b testing.TB, lines, mandates int) *finance.Book {
	book := finance.NewBook()
	do := func(d finance.Do) {
		o, err := book.Decide(noon, finance.Command{Do: d})
		if err != nil || o.Refusal != nil {
			b.Fatal(err, o.Refusal)
		}
		for _, e := range o.Entries {
			if err := book.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	name := func(kind string, i int) finance.Code { return finance.Code(kind + strconv.Itoa(i)) }
	for i := range lines {
		do(finance.Open{Line: name("line-", i), Party: "street", Purpose: "park", Year: 2026, Source: finance.Treasury, Special: true})
		do(finance.Appropriate{Line: name("line-", i), Amount: finance.FenMax / finance.Fen(lines+1)})
	}
	for i := range mandates {
		shares := []finance.Share{{Line: name("line-", i%lines), Amount: 1e12 + 1}}
		if lines > 2 {
			shares = append(shares, finance.Share{Line: name("line-", (i+1)%lines), Amount: 1e12 + 7}, finance.Share{Line: name("line-", (i+2)%lines), Amount: 1e11 + 3})
		}
		do(finance.Fund{Mandate: name("mandate-", i), Purpose: "park", Year: 2026, Community: "c1", Approver: "p1", Shares: shares})
		do(finance.Commit{Mandate: name("mandate-", i), Commitment: name("deal-", i), Payee: "builder", Amount: 5e11})
	}
	return book
}

// BenchmarkBook measures one command through Decide and Apply, with every rule.
// The keyed ones also pay for two digests and the index of all keys so far;
// ids and keys are new each time, so the index and the payments grow to b.N.
func BenchmarkBook(b *testing.B) {
	for _, c := range []struct {
		name            string
		lines, mandates int
		keyed           bool
	}{
		{"pay/1-payer", 1, 10_000, false},
		{"pay/3-payers", 10_000, 10_000, false},
		{"pay-keyed/1-payer", 1, 10_000, true},
		{"pay-keyed/3-payers", 10_000, 10_000, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			book := loaded(b, c.lines, c.mandates)
			deals := make([]finance.Code, c.mandates)
			for i := range deals {
				deals[i] = finance.Code("deal-" + strconv.Itoa(i))
			}
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				i++
				id := "v-" + strconv.Itoa(i)
				cmd := finance.Command{Do: finance.Pay{Commitment: deals[i*7919%len(deals)], Payment: finance.Code(id), Amount: 101}}
				if c.keyed {
					cmd.Key = id
				}
				step(b, book, cmd)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commands/s")
		})
	}
}

// BenchmarkFloor is what no keyed command can go below with the shared key
// index: two digests, one look-up and one insertion, and a set of payment ids.
func BenchmarkFloor(b *testing.B) {
	var keys keyed.Index
	payments := map[finance.Code]finance.Fen{}
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		i++
		id := "v-" + strconv.Itoa(i)
		key, body := keyed.Of([]byte(id)), keyed.Of([]byte(`["pay",{},{"commitment":"deal-7919","payment":"v-1000000","amount":"1.01"}]`))
		if _, seen, err := keys.Find(key, body); seen || err != nil {
			b.Fatal("seen")
		}
		keys.Put(key, keyed.Slot{Body: body, Seq: uint64(i)})
		payments[finance.Code(id)] = 101
	}
}

// BenchmarkModel is the naive twin: the same payments in the model of the
// tests, without keys, entries or checks of entries.
func BenchmarkModel(b *testing.B) {
	for _, payers := range []int{1, 3} {
		b.Run(strconv.Itoa(payers)+"-payers", func(b *testing.B) {
			m, f := newModel(), funds("m")
			for i := range payers {
				for _, do := range line(finance.Code("l"+strconv.Itoa(i)), 1e15) {
					m.do(do)
				}
				f.Shares = append(f.Shares, finance.Share{Line: finance.Code("l" + strconv.Itoa(i)), Amount: 1e15})
			}
			m.do(f)
			m.do(finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Amount: 1e15})
			i := 0
			for b.Loop() {
				i++
				pay := finance.Pay{Commitment: "c", Payment: finance.Code("v-" + strconv.Itoa(i)), Amount: 101}
				if len(m.why(pay, 0)) > 0 {
					b.Fatal("refused")
				}
				m.do(pay)
			}
		})
	}
}

// BenchmarkHotLine funds one small mandate after another, all from one line or
// each from a line of its own.
func BenchmarkHotLine(b *testing.B) {
	for _, lines := range []int{1, 1024} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			book := loaded(b, lines, 0)
			names := make([]finance.Code, lines)
			for i := range names {
				names[i] = finance.Code("line-" + strconv.Itoa(i))
			}
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				i++
				id := finance.Code("m-" + strconv.Itoa(i))
				step(b, book, finance.Command{Key: string(id), Do: finance.Fund{Mandate: id, Purpose: "park", Year: 2026, Community: "c1", Approver: "p1",
					Shares: []finance.Share{{Line: names[i%lines], Amount: 3}}}})
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commands/s")
		})
	}
}

func step(b *testing.B, book *finance.Book, c finance.Command) {
	o, err := book.Decide(noon, c)
	if err != nil || o.Refusal != nil {
		b.Fatal(err, o.Refusal)
	}
	for _, e := range o.Entries {
		if err := book.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReplay(b *testing.B) {
	book, entries := finance.NewBook(), make([]finance.Entry, 0, 200_000)
	keep := func(d finance.Do) {
		o, err := book.Decide(noon, finance.Command{Do: d})
		if err != nil || o.Refusal != nil {
			b.Fatal(err, o.Refusal)
		}
		for _, e := range o.Entries {
			if err := book.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
		entries = append(entries, o.Entries...)
	}
	keep(finance.Open{Line: "l1", Party: "street", Purpose: "park", Year: 2026, Source: finance.Treasury})
	keep(finance.Appropriate{Line: "l1", Amount: 1e15})
	for i := range 50_000 {
		id := finance.Code("x" + strconv.Itoa(i))
		keep(finance.Fund{Mandate: id, Purpose: "park", Year: 2026, Community: "c1", Approver: "p1", Shares: []finance.Share{{Line: "l1", Amount: 500}}})
		keep(finance.Commit{Mandate: id, Commitment: id, Payee: "builder", Amount: 400})
		keep(finance.Pay{Commitment: id, Payment: id, Amount: 399})
		keep(finance.Settle{Mandate: id, Release: true})
	}
	for b.Loop() {
		again := finance.NewBook()
		for _, e := range entries {
			if err := again.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(entries))/b.Elapsed().Seconds(), "entries/s")
}

func BenchmarkSplit(b *testing.B) {
	weights := []int64{40_000_000, 25_000_000, 10_000_000}
	b.Run("fen", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := finance.Split(59_999_999, weights); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("big.Int", func(b *testing.B) {
		b.ReportAllocs()
		w := []*big.Int{big.NewInt(weights[0]), big.NewInt(weights[1]), big.NewInt(weights[2])}
		for b.Loop() {
			fairly(big.NewInt(59_999_999), w)
		}
	})
}

func BenchmarkYuan(b *testing.B) {
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			if _, err := finance.ParseYuan("750000.00"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("string", func(b *testing.B) {
		for b.Loop() {
			_ = finance.Fen(75_000_000).String()
		}
	})
}
