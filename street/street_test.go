package street_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// tb is what tests and properties have in common.
type tb interface {
	require.TestingT
	Helper()
}

func open(t tb, store journal.Store) *street.Street {
	t.Helper()
	f, err := street.Load(smallFolder(), options)
	require.NoError(t, err)
	s, err := street.Open(context.Background(), f, store)
	require.NoError(t, err)
	return s
}

func minute(n int) time.Time {
	return time.Date(2021, 9, 28, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute)
}

// line opens a fund line with an amount.
func line(t tb, s *street.Street, code street.Code, amount finance.Fen) {
	t.Helper()
	for _, do := range []finance.Do{
		finance.Open{Line: code, Name: "专项", Party: "station", Purpose: "park", Year: 2021, Source: finance.Treasury},
		finance.Appropriate{Line: code, Amount: amount},
	} {
		out, err := s.Do(context.Background(), minute(0), street.Command{Book: do})
		require.NoError(t, err)
		require.Nil(t, out.Refusal)
	}
}

func mandate(id street.Code, amount int64) dispatch.Mandate {
	return dispatch.Mandate{ID: id, Matter: "waste", Applicant: "station", Community: "station", Approver: "station", Amount: amount}
}

func fund(id street.Code, shares ...finance.Share) finance.Fund {
	return finance.Fund{Mandate: id, Purpose: "park", Year: 2021, Community: "station", Approver: "station", Shares: shares}
}

// admitted reports whether the Desk holds the mandate and the Book its money.
func admitted(t tb, s *street.Street, id street.Code) (desk, book bool) {
	t.Helper()
	require.NoError(t, s.View(context.Background(), func(d *dispatch.Desk, b *finance.Book) {
		_, desk = d.Mandate(id)
		_, book = b.Mandate(id)
	}))
	return desk, book
}

func TestRefusedFundingAdmitsNothing(t *testing.T) {
	ctx := context.Background()
	store := journal.NewMemory()
	s := open(t, store)
	line(t, s, "F1", 100_00)

	out, err := s.Do(ctx, minute(1), street.Command{
		Key: "park", Desk: dispatch.Admit{Mandate: mandate("park", 100_01)}, Book: fund("park", finance.Share{Line: "F1", Amount: 100_01}),
	})
	require.NoError(t, err)
	require.NotNil(t, out.Refusal)
	require.Equal(t, street.BookMachine, out.Refusal.By)
	require.Len(t, out.Entries, 1, "the refusal is the only fact")
	desk, book := admitted(t, s, "park")
	require.False(t, desk, "no money, no mandate")
	require.False(t, book)

	again, err := s.Do(ctx, minute(2), street.Command{
		Key: "park", Desk: dispatch.Admit{Mandate: mandate("park", 100_01)}, Book: fund("park", finance.Share{Line: "F1", Amount: 100_01}),
	})
	require.NoError(t, err)
	require.True(t, again.Replayed)
	require.Equal(t, out.Refusal, again.Refusal, "a late retry cannot turn a refusal into a payment")

	out, err = s.Do(ctx, minute(3), street.Command{
		Key: "park-2", Desk: dispatch.Admit{Mandate: mandate("park", 100_00)}, Book: fund("park", finance.Share{Line: "F1", Amount: 100_00}),
	})
	require.NoError(t, err)
	require.Nil(t, out.Refusal)
	desk, book = admitted(t, s, "park")
	require.True(t, desk && book)
	require.NotZero(t, out.Record, "both halves stand in one record")
}

func TestMoneyFollowsTheMatterOrNothingMoves(t *testing.T) {
	for name, c := range map[string]struct {
		do   street.Command
		code string
	}{
		"a mandate that costs money without it": {street.Command{Desk: dispatch.Admit{Mandate: mandate("a", 1)}}, street.RefusedUnfunded},
		"money for what nobody admitted":        {street.Command{Book: fund("b", finance.Share{Line: "F1", Amount: 1})}, street.RefusedUnadmitted},
		"another amount": {street.Command{
			Desk: dispatch.Admit{Mandate: mandate("c", 2)}, Book: fund("c", finance.Share{Line: "F1", Amount: 1}),
		}, street.RefusedMismatch},
		"another community": {street.Command{
			Desk: dispatch.Admit{Mandate: mandate("f", 1)},
			Book: finance.Fund{Mandate: "f", Purpose: "park", Year: 2021, Community: "squad", Approver: "station", Shares: []finance.Share{{Line: "F1", Amount: 1}}},
		}, street.RefusedMismatch},
		"another mandate": {street.Command{
			Desk: dispatch.Admit{Mandate: mandate("d", 1)}, Book: fund("e", finance.Share{Line: "F1", Amount: 1}),
		}, street.RefusedMismatch},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, journal.NewMemory())
			line(t, s, "F1", 100)
			before := s.Hash()
			out, err := s.Do(context.Background(), minute(1), c.do)
			require.NoError(t, err)
			require.NotNil(t, out.Refusal)
			require.Equal(t, c.code, out.Refusal.Code)
			require.NotEqual(t, out.Refusal.Text("en"), out.Refusal.Text("zh"))
			require.Equal(t, before, s.Hash())
		})
	}
}

func TestCommandsAtFaultAreNotRecorded(t *testing.T) {
	ctx := context.Background()
	store := journal.NewMemory()
	s := open(t, store)
	line(t, s, "F1", 100)
	head, err := store.Head(ctx, "street")
	require.NoError(t, err)
	for _, c := range []struct {
		do   street.Command
		want error
	}{
		{street.Command{}, street.ErrNothing},
		{street.Command{Actor: street.Actor{Person: "a b"}, Desk: dispatch.Ack{Case: "x"}}, street.ErrActor},
		{street.Command{Book: finance.Pay{Amount: -1}}, nil},
	} {
		_, err := s.Do(ctx, minute(1), c.do)
		require.Error(t, err)
		if c.want != nil {
			require.ErrorIs(t, err, c.want)
		}
	}
	after, err := store.Head(ctx, "street")
	require.NoError(t, err)
	require.Equal(t, head, after)
}

func TestPlayingTwiceChangesNothing(t *testing.T) {
	ctx := context.Background()
	store := journal.NewMemory()
	s := open(t, store)
	now := s.Folder().Latest()
	require.NoError(t, s.Play(ctx, now, nil))
	hash := s.Hash()
	head, err := store.Head(ctx, "street")
	require.NoError(t, err)

	again := open(t, store)
	require.Equal(t, hash, again.Hash(), "the journal replays to the same state")
	require.NoError(t, again.Play(ctx, now, nil))
	require.Equal(t, hash, again.Hash())
	after, err := store.Head(ctx, "street")
	require.NoError(t, err)
	require.Equal(t, head, after, "every command was known")
}

func TestPlayStopsAtNow(t *testing.T) {
	s := open(t, journal.NewMemory())
	now := time.Date(2021, 9, 28, 10, 30, 0, 0, s.Folder().Zone)
	require.NoError(t, s.Play(context.Background(), now, nil))
	var got []string
	for r := range s.Rows(now) {
		got = append(got, fmt.Sprint(r.Event, " ", r.Lead, " ", r.Note))
	}
	require.Equal(t, []string{"E1 squad ", "E2  after now"}, got)
}

// TestAnyLifeIsWhole gives random commands at random instants and checks after
// each that no mandate is ever admitted without its money; at the end the
// journal replays to the same state and another cadence of ticks gives the same.
func TestAnyLifeIsWhole(t *testing.T) { rapid.Check(t, anyLifeIsWhole) }

func FuzzAnyLife(f *testing.F) { f.Fuzz(rapid.MakeFuzz(anyLifeIsWhole)) }

func anyLifeIsWhole(t *rapid.T) {
	ctx := context.Background()
	store := journal.NewMemory()
	s, lazy := open(t, store), open(t, journal.NewMemory())
	for _, x := range []*street.Street{s, lazy} {
		line(t, x, "F1", 1_000)
		line(t, x, "F2", 500)
	}
	at := 0
	var given []street.Command
	for range rapid.IntRange(1, 25).Draw(t, "commands") {
		at += rapid.IntRange(0, 2_000).Draw(t, "minutes")
		c := drawCommand(t, len(given))
		if len(given) > 0 && rapid.IntRange(0, 9).Draw(t, "retry") == 0 {
			c = rapid.SampledFrom(given).Draw(t, "again")
		}
		given = append(given, c)
		if rapid.Bool().Draw(t, "tick") {
			require.NoError(t, s.Tick(ctx, minute(at)))
		}
		out, err := s.Do(ctx, minute(at), c)
		slow, slowErr := lazy.Do(ctx, minute(at), c)
		require.Equal(t, err == nil, slowErr == nil, "%v / %v", err, slowErr)
		if err == nil {
			require.Equal(t, out.Refusal, slow.Refusal, "a refusal does not depend on the cadence of ticks")
		}
		wholeMandates(t, s)
	}
	end := minute(at + 10_000)
	require.NoError(t, s.Tick(ctx, end))
	require.NoError(t, lazy.Tick(ctx, end))
	require.Equal(t, s.Hash(), lazy.Hash(), "any cadence of ticks gives the same state")
	require.Equal(t, s.Hash(), open(t, store).Hash(), "the journal replays to the same state")
}

// wholeMandates checks that the Desk's mandates with a cost and the Book's are
// the same, with the same amounts.
func wholeMandates(t *rapid.T, s *street.Street) {
	require.NoError(t, s.View(context.Background(), func(d *dispatch.Desk, b *finance.Book) {
		funded := map[street.Code]int64{}
		for m := range b.Mandates() {
			funded[m.Code] = int64(m.Granted)
		}
		for m := range d.Mandates() {
			require.Equal(t, m.Amount, funded[m.ID], "mandate %s", m.ID)
			delete(funded, m.ID)
		}
		require.Empty(t, funded, "money without an admission")
		totals := b.Totals()
		require.Equal(t, totals.Appropriated, totals.Available+totals.InLots+totals.Committed+totals.Spent, "every fen is somewhere")
		for c := range d.Open() {
			require.NotEmpty(t, c.Answers.Party, "case %s has nobody", c.ID)
			require.False(t, c.NextDue.IsZero(), "case %s waits for nothing", c.ID)
		}
	}))
}

func drawCommand(t *rapid.T, n int) street.Command {
	key := fmt.Sprintf("k%d", n)
	if rapid.IntRange(0, 4).Draw(t, "unkeyed") == 0 {
		key = ""
	}
	id := func(label string) street.Code {
		return street.Code(fmt.Sprintf("%s%d", label, rapid.IntRange(0, 3).Draw(t, label)))
	}
	amount := func() finance.Fen { return finance.Fen(rapid.IntRange(1, 700).Draw(t, "amount")) }
	c := street.Command{Key: key}
	switch rapid.IntRange(0, 11).Draw(t, "verb") {
	case 0, 1:
		e := dispatch.Event{ID: id("case"), Matter: rapid.SampledFrom([]street.Code{"waste", "waste.missed", "light", "unheard"}).Draw(t, "matter"), Area: rapid.SampledFrom([]street.Code{"G1", "G2", "NH", "away"}).Draw(t, "area")}
		c.Desk = dispatch.File{Event: e, Straight: rapid.Bool().Draw(t, "straight")}
	case 2:
		c.Desk = dispatch.Register{Case: id("case")}
	case 3:
		c.Desk = dispatch.Dispatch{Case: id("case")}
	case 4:
		c.Desk = dispatch.Ack{Case: id("case")}
	case 5:
		c.Desk = dispatch.Start{Case: id("case")}
	case 6:
		c.Desk = dispatch.Finish{Case: id("case")}
	case 7:
		c.Desk = dispatch.Verify{Case: id("case")}
	case 8:
		c.Desk = dispatch.Close{Case: id("case")}
	case 9:
		m, share := mandate(id("mandate"), int64(amount())), finance.Share{Line: rapid.SampledFrom([]street.Code{"F1", "F2", "F3"}).Draw(t, "line"), Amount: 0}
		share.Amount = finance.Fen(m.Amount)
		if rapid.IntRange(0, 5).Draw(t, "other amount") == 0 {
			share.Amount++
		}
		c.Desk, c.Book = dispatch.Admit{Mandate: m}, fund(m.ID, share)
		if rapid.IntRange(0, 5).Draw(t, "half") == 0 {
			c.Desk = nil
		}
	case 10:
		c.Book = finance.Commit{Mandate: id("mandate"), Commitment: id("deal"), Payee: "builder", Amount: amount()}
	case 11:
		c.Book = rapid.SampledFrom([]finance.Do{
			finance.Pay{Commitment: id("deal"), Payment: street.Code(fmt.Sprintf("pay%d", n)), Amount: amount()},
			finance.Release{Commitment: id("deal")},
			finance.Settle{Mandate: id("mandate"), Release: true},
		}).Draw(t, "book")
	}
	return c
}
