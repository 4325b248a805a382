package dispatch_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// provedInstall asks a Desk that takes proved lists only to take the list of these
// rules, and answers the refusal with the list's Certificate.
func provedInstall(t require.TestingT, rules []dispatch.Rule) (dispatch.Outcome, *dispatch.Certificate) {
	setup := fullStreet(t)
	setup.Policy.Proved = true
	var err error
	setup.List, err = dispatch.Compile(fullMatters(), rules, setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	var d dispatch.Desk
	out, err := d.Decide(fullDay(2, 9, 0), dispatch.Command{Do: dispatch.Install{Setup: setup}})
	require.NoError(t, err)
	return out, setup.List.Prove()
}

// TestOnlyProvedListsAreInstalled: with Policy.Proved a list comes into force exactly
// when its Certificate is OK, and the refusal counts its errors and names the first.
func TestOnlyProvedListsAreInstalled(t *testing.T) { rapid.Check(t, onlyProvedIsInstalled) }

func FuzzProvedInstall(f *testing.F) { f.Fuzz(rapid.MakeFuzz(onlyProvedIsInstalled)) }

func onlyProvedIsInstalled(t *rapid.T) {
	rules := rapid.Permutation(fullRules()).Draw(t, "rules")
	rules = rules[:rapid.IntRange(0, len(rules)).Draw(t, "kept")]
	everything := rapid.SampledFrom([]string{"", "leads", "ties"}).Draw(t, "everything")
	if everything != "" {
		rules = append(rules, dispatch.Rule{ID: "all", Role: dispatch.Lead, Matter: dispatch.Any, Area: dispatch.Any, Party: "urban"})
	}
	if everything == "ties" {
		rules = append(rules, dispatch.Rule{ID: "all2", Role: dispatch.Lead, Matter: dispatch.Any, Area: dispatch.Any, Party: "squad"})
	}
	out, cert := provedInstall(t, rules)
	if cert.OK() {
		require.Nil(t, out.Refusal)
		require.NotEmpty(t, out.Entries)
		return
	}
	errors := 0
	for _, f := range cert.Findings {
		if f.Severity == dispatch.SeverityError {
			errors++
		}
	}
	require.NotNil(t, out.Refusal)
	require.Empty(t, out.Entries)
	first := cert.Findings[0]
	require.Equal(t, dispatch.Refusal{
		Code: "unproved", Args: []string{strconv.Itoa(errors), string(first.Code), string(first.Matter), string(first.Area)},
	}, *out.Refusal)
	require.NotContains(t, out.Refusal.Text("zh"), string(first.Code))
	require.NotContains(t, out.Refusal.Text("en"), "{")
}

// TestProvedIsSaidOnce: both ends of the property are reached, by name.
func TestProvedIsSaidOnce(t *testing.T) {
	out, cert := provedInstall(t, []dispatch.Rule{{ID: "all", Role: dispatch.Lead, Matter: dispatch.Any, Area: dispatch.Any, Party: "urban"}})
	require.True(t, cert.OK())
	require.Nil(t, out.Refusal)

	out, _ = provedInstall(t, nil)
	require.Equal(t, "the list is not proved (errors: 1), first a gap of matter * in *", out.Refusal.Text("en"))

	require.Equal(t, "the list is not proved (errors: {0}), first a {1} of matter {2} in {3}", dispatch.Refusal{Code: "unproved"}.Text("en"))
}
