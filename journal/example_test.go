package journal_test

import (
	"context"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/journal"
)

// stock counts the sandbags in the depot of a subdistrict. A real machine also
// keeps an index of its keys; this one leaves out what the example does not use.
type stock struct {
	seq  uint64
	bags int
	last time.Time
}

// issue takes bags out (or, below zero, puts them in).
type issue struct{ Bags int }

// moved is the one fact of the stock.
type moved struct {
	Seq  uint64    `json:"seq"`
	At   time.Time `json:"at"`
	Bags int       `json:"bags"`
}

func (s *stock) Decide(at time.Time, c issue) (journal.Outcome[moved], error) {
	if c.Bags > s.bags {
		return journal.Outcome[moved]{Refusal: fmt.Sprintf("only %d left", s.bags)}, nil
	}
	return journal.Outcome[moved]{Seq: s.seq + 1, Entries: []moved{{s.seq + 1, at, c.Bags}}}, nil
}

func (s *stock) Tick(time.Time) (journal.Outcome[moved], error) { return journal.Outcome[moved]{}, nil }
func (s *stock) NextDue() (time.Time, bool)                     { return time.Time{}, false }
func (s *stock) Seq() uint64                                    { return s.seq }
func (s *stock) Last() time.Time                                { return s.last }

func (s *stock) Apply(e moved) error {
	if e.Seq != s.seq+1 {
		return fmt.Errorf("entry %d after %d", e.Seq, s.seq)
	}
	s.seq, s.bags, s.last = e.Seq, s.bags-e.Bags, e.At
	return nil
}

// A host keeps a machine and its stream in step. Opened again it stands where it
// stood.
func ExampleHost() {
	ctx := context.Background()
	store := journal.NewMemory()
	config := journal.Config[*stock, issue, moved]{
		Store:  store,
		Stream: "majiang/sandbags",
		New:    func() *stock { return &stock{} },
		Codec: journal.Codec[issue, moved]{
			Format: 1,
			Label:  func(issue) (journal.Label, error) { return journal.Label{Kind: "stock/issue"}, nil },
		},
	}
	depot, err := journal.Open(ctx, config)
	if err != nil {
		fmt.Println(err)
		return
	}
	morning := time.Date(2026, 6, 1, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))
	for i, bags := range []int{-200, 80, 150} {
		out, err := depot.Do(ctx, morning.Add(time.Duration(i)*time.Minute), issue{Bags: bags})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("record", out.Record, "refused:", out.Refusal)
	}
	for r, err := range depot.Follow(ctx, 1) {
		fmt.Println(r.Seq, r.Kind, string(r.Body), err)
	}

	again, err := journal.Open(ctx, config)
	if err != nil {
		fmt.Println(err)
		return
	}
	err = again.View(ctx, func(s *stock) { fmt.Println("left:", s.bags) })
	fmt.Println(err)
	// Output:
	// record 1 refused: <nil>
	// record 2 refused: <nil>
	// record 0 refused: only 120 left
	// 1 stock/issue {"format":1,"entries":[{"seq":1,"at":"2026-06-01T00:00:00Z","bags":-200}]} <nil>
	// 2 stock/issue {"format":1,"entries":[{"seq":2,"at":"2026-06-01T00:01:00Z","bags":80}]} <nil>
	// left: 120
	// <nil>
}

// An anchor kept outside the store shows that the end of a stream was cut off.
func ExampleVerifyAnchored() {
	ctx := context.Background()
	whole, cut := journal.NewMemory(), journal.NewMemory()
	for i := range 3 {
		records := []journal.Record{{Kind: "note", Body: []byte("{}")}}
		batch := journal.Batch{Stream: "majiang", Expect: journal.Seq(i), Records: records}
		if _, err := whole.Append(ctx, batch); err != nil {
			fmt.Println(err)
		}
		if i < 2 {
			if _, err := cut.Append(ctx, batch); err != nil {
				fmt.Println(err)
			}
		}
	}
	anchor, _ := whole.Head(ctx, "majiang")
	head, err := journal.Verify(ctx, cut, "majiang")
	fmt.Println(head.Seq, err)
	_, err = journal.VerifyAnchored(ctx, cut, "majiang", []journal.Head{anchor})
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// journal: stream "majiang": record 3: stream is damaged: stream ends before its anchor
}

// Erase deletes a name for good; the stream still verifies.
func ExampleMemory_Erase() {
	ctx := context.Background()
	store := journal.NewMemory()
	record := journal.Record{Kind: "report", Body: []byte("{}"), Private: &journal.Private{
		Salt: []byte("sixteen random b"), // from crypto/rand in earnest
		Data: []byte("Chen"),
	}}
	_, err := store.Append(ctx, journal.Batch{Stream: "majiang", Records: []journal.Record{record}})
	fmt.Println(err, store.Erase(ctx, "majiang", 1))
	for r := range store.Read(ctx, "majiang", 1) {
		fmt.Println(r.Private == nil)
	}
	_, err = journal.Verify(ctx, store, "majiang")
	fmt.Println(err)
	// Output:
	// <nil> <nil>
	// true
	// <nil>
}
