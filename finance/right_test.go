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
