package dispatch_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

var allFindingCodes = []dispatch.FindingCode{
	dispatch.FindingGap, dispatch.FindingTie, dispatch.FindingExpired, dispatch.FindingCrossing, dispatch.FindingDead, dispatch.FindingMore,
	dispatch.FindingUnowned, dispatch.FindingHandover, dispatch.FindingJurisdiction, dispatch.FindingSelfWide, dispatch.FindingNoBudget,
	dispatch.FindingUnstaffed,
}

// speaks checks that both texts come from a catalog: no code shows through, no
// place for an argument is left, Chinese is Chinese.
func speaks(t *testing.T, code string, text func(lang string) string) {
	t.Helper()
	en, zh := text("en"), text("zh")
	require.NotContains(t, en+zh, "{", code)
	require.False(t, strings.HasPrefix(en, code+" "), "%s: %s", code, en)
	require.False(t, strings.HasPrefix(zh, code), "%s: %s", code, zh)
	require.NotEqual(t, en, zh)
	require.True(t, strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }), zh)
	require.NotContains(t, en+zh, "role.")
	require.NotContains(t, en+zh, "by.")
	require.NotContains(t, en+zh, "witness.")
}

func TestListPhrasesAreTotal(t *testing.T) {
	full := dispatch.Query{Matter: "m", Classes: []string{"a=b"}, Condition: "c", Channel: "d", Cost: 1}
	roles := []dispatch.Role{dispatch.Lead, dispatch.Assist, dispatch.Regulator, dispatch.Rectifier, dispatch.Notify}
	for _, code := range allFindingCodes {
		for _, role := range roles {
			f := dispatch.Finding{Code: code, Role: role, Matter: dispatch.Any, Area: dispatch.Any, Rules: []dispatch.Code{"R1", "R2"}, Party: "p", Count: 3, Witness: full, Place: "g", HasWitness: true}
			speaks(t, string(code), f.Text)
			f.By = "R3"
			speaks(t, string(code), f.Text)
		}
	}
	for _, status := range []dispatch.Status{dispatch.Decided, dispatch.UnknownMatter, dispatch.Outside, dispatch.NoList, dispatch.NoRule, dispatch.Tied, dispatch.Unowned} {
		x := dispatch.Explanation{Query: full, Place: "g", Decision: dispatch.Decision{Status: status, Tie: []dispatch.Code{"R1", "R2"}}}
		speaks(t, string(status), x.Text)
	}
	verdicts := []dispatch.Verdict{
		dispatch.VerdictWon, dispatch.VerdictBeaten, dispatch.VerdictRepeated, dispatch.VerdictTied, dispatch.VerdictUnowned, dispatch.VerdictNotYet, dispatch.VerdictNoLonger,
		dispatch.VerdictNoClass, dispatch.VerdictNoCondition, dispatch.VerdictNoChannel, dispatch.VerdictNoCost, dispatch.VerdictNoWindow,
	}
	steps := []string{
		dispatch.ByPrecedence, dispatch.ByMatter, dispatch.ByArea, dispatch.ByClass, dispatch.ByCondition, dispatch.ByWindow, dispatch.ByValidity,
	}
	for _, verdict := range verdicts {
		for i, over := range steps {
			x := dispatch.Explanation{Decision: dispatch.Decision{Status: dispatch.Outside}, Candidates: []dispatch.Candidate{
				{Rule: "R1", Role: roles[i%len(roles)], Party: "p", Verdict: verdict, By: "R2", Over: over, Needs: "x"},
			}}
			speaks(t, string(verdict), func(lang string) string {
				_, line, _ := strings.Cut(x.Text(lang), "\n")
				return strings.TrimSpace(line)
			})
		}
	}
}

// TestListManyClasses: a place may have any number of classes.
func TestListManyClasses(t *testing.T) {
	var rules []dispatch.Rule
	var q dispatch.Query
	for i := range 20 {
		class := fmt.Sprintf("l%02d=x", i)
		rules = append(rules, dispatch.Rule{ID: dispatch.Code(class), Role: dispatch.Notify, Matter: "*", Class: class, Party: dispatch.Code(class)})
		q.Classes = append(q.Classes, "none="+class, class)
	}
	l, err := dispatch.Compile(nil, rules, listMap(t, 1, 1), nil, dispatch.Options{})
	require.NoError(t, err)
	q.Matter, q.Area = "m", 1
	require.Len(t, l.Match(q).Notify, 20)
}

func TestListFaultPhrasesAreTotal(t *testing.T) {
	for _, err := range []error{
		dispatch.ErrTooMany, dispatch.ErrCode, dispatch.ErrDuplicate, dispatch.ErrMatterKind, dispatch.ErrRisk, dispatch.ErrRole,
		dispatch.ErrUnknownMatter, dispatch.ErrUnknownParty, dispatch.ErrOwner, dispatch.ErrUnknownArea, dispatch.ErrNoMap,
		dispatch.ErrClass, dispatch.ErrText, dispatch.ErrWindow, dispatch.ErrNoCalendar, dispatch.ErrNoZone, dispatch.ErrMode,
		dispatch.ErrBudget, dispatch.ErrCost, dispatch.ErrInterval, dispatch.ErrNotMillis, dispatch.ErrSeason, dispatch.ErrVersion, dispatch.ErrOverlap,
	} {
		for _, field := range []string{"party", "code"} {
			e := &dispatch.Error{Rule: "R1", Matter: "m", Field: field, Value: "v", Err: fmt.Errorf("%w: more", err)}
			require.NotEmpty(t, e.Code(), err)
			speaks(t, "fault."+e.Code(), e.Text)
			require.NotContains(t, e.Text("en"), "fault.")
		}
	}
	require.Empty(t, (&dispatch.Error{Err: fmt.Errorf("other")}).Code())
}
