package finance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/finance"
)

// allowance allows what is on the list: "person post right scope".
type allowance map[string]bool

func (a allowance) Allows(person, post finance.Code, right string, scope finance.Code, _ time.Time) bool {
	return a[string(person)+" "+string(post)+" "+right+" "+string(scope)]
}

// Every verb but Assert needs the right over its line's party or its mandate's
// community; the host needs none; a replay asks nobody again.
func TestRights(t *testing.T) {
	clerk := finance.Actor{Person: "li", Post: "clerk"}
	steps := []struct {
		do    finance.Do
		scope string
	}{
		{finance.Open{Line: "a", Party: "bureau", Purpose: "park", Year: 2026, Source: finance.Treasury}, "bureau"},
		{finance.Appropriate{Line: "a", Amount: 1000}, "bureau"},
		{finance.Fund{Mandate: "m", Purpose: "park", Year: 2026, Community: "niuhu", Approver: "street", Shares: []finance.Share{{Line: "a", Amount: 500}}}, "niuhu"},
		{finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Amount: 100}, "niuhu"},
		{finance.Pay{Commitment: "c", Payment: "v", Amount: 10}, "niuhu"},
		{finance.Release{Commitment: "c"}, "niuhu"},
		{finance.Assert{Line: "a", Balance: 1}, ""},
		{finance.Settle{Mandate: "m"}, "niuhu"},
	}
	require.Len(t, steps, len(finance.Verbs()))
	h := fresh(t)
	for i, step := range steps {
		c := finance.Command{Actor: clerk, Do: step.do, Key: string(rune('a' + i))}
		if step.scope != "" {
			h.book.Under(allowance{"li clerk approve elsewhere": true, "li other approve " + step.scope: true})
			o := h.try(finance.Command{Actor: clerk, Do: step.do})
			require.NotNil(t, o.Refusal, "%T", step.do)
			require.Equal(t, finance.Refusal{Code: finance.NoRight, Args: []string{"li", "approve", step.scope}}, *o.Refusal)
			stale := finance.Command{Actor: clerk, Do: step.do, Expect: 99}
			require.Equal(t, finance.NoRight, h.try(stale).Refusal.Code, "no right goes before stale")
			h.book.Under(allowance{"li clerk approve " + step.scope: true})
			require.Equal(t, finance.Stale, h.try(stale).Refusal.Code)
		}
		require.Nil(t, h.try(c).Refusal, "%T", step.do)
		h.book.Under(allowance{})
		again := h.try(c)
		require.True(t, again.Replayed)
		require.Nil(t, again.Refusal)
	}
	missing := h.try(finance.Command{Actor: clerk, Do: finance.Pay{Commitment: "none", Payment: "w", Amount: 1}})
	require.Equal(t, finance.NoCommitment, missing.Refusal.Code, "what is not there goes before no right")
	h.no(finance.NoCommitment, finance.Pay{Commitment: "none", Payment: "w", Amount: 1})
	h.ok(finance.Open{Line: "b", Party: "bureau", Purpose: "park", Year: 2026, Source: finance.Treasury}) // the host

	again := finance.NewBook()
	for _, e := range h.entries {
		require.NoError(t, again.Apply(e))
	}
	require.Equal(t, h.book.Hash(), again.Hash(), "a replay needs no authority")
}

// ceiling is an allowance for everything with a limit for each post.
type ceiling map[finance.Code]int64

func (ceiling) Allows(_, _ finance.Code, _ string, _ finance.Code, _ time.Time) bool { return true }

func (c ceiling) ApprovalLimit(_, post finance.Code, _ finance.Code, _ time.Time) (int64, bool) {
	fen, limited := c[post]
	return fen, limited
}

// A post may move what its limit allows, to the fen, in one command, and the shares
// of a Fund count together.
func TestLimits(t *testing.T) {
	h := fresh(t)
	h.book.Under(ceiling{"clerk": 1000})
	clerk := finance.Actor{Person: "li", Post: "clerk"}
	try := func(do finance.Do) *finance.Refusal {
		return h.try(finance.Command{Actor: clerk, Do: do}).Refusal
	}
	over := func(asked string) *finance.Refusal {
		return &finance.Refusal{Code: finance.OverLimit, Args: []string{"li", "10.00", asked}}
	}
	for _, line := range []finance.Code{"a", "b"} {
		require.Nil(t, try(finance.Open{Line: line, Party: "bureau", Purpose: "park", Year: 2026, Source: finance.Treasury}))
		require.Equal(t, over("10.01"), try(finance.Appropriate{Line: line, Amount: 1001}))
		require.Nil(t, try(finance.Appropriate{Line: line, Amount: 1000}))
	}
	fund := func(id finance.Code, a, b finance.Fen) finance.Fund {
		return finance.Fund{Mandate: id, Purpose: "park", Year: 2026, Community: "niuhu", Approver: "street",
			Shares: []finance.Share{{Line: "a", Amount: a}, {Line: "b", Amount: b}}}
	}
	require.Equal(t, over("10.01"), try(fund("m", 500, 501)))
	require.Equal(t, over("92233720368547758.07"), try(fund("m", 1<<62, 1<<62)), "a sum too large to hold is over any limit")
	require.Nil(t, try(fund("m", 500, 500)))
	h.ok(fund("n", 500, 500))
	require.Equal(t, over("10.01"), try(finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Amount: 1001}))
	require.Nil(t, try(finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Amount: 1000}))
	require.Equal(t, over("10.01"), try(finance.Pay{Commitment: "c", Payment: "v", Amount: 1001}))
	stale := h.try(finance.Command{Actor: clerk, Expect: 99, Do: finance.Pay{Commitment: "c", Payment: "v", Amount: 1001}})
	require.Equal(t, finance.OverLimit, stale.Refusal.Code, "over the limit goes before stale")
	require.Nil(t, h.try(finance.Command{Actor: finance.Actor{Post: "head"}, Do: finance.Release{Commitment: "c"}}).Refusal)
	h.ok(finance.Commit{Mandate: "m", Commitment: "d", Payee: "p", Amount: 1000}) // the host has no limit
	require.Nil(t, h.try(finance.Command{Actor: finance.Actor{Post: "head"}, Do: finance.Settle{Mandate: "n"}}).Refusal)
}
