package structure_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

func leader() structure.Rule {
	return structure.Rule{ID: "leader", Role: []string{"leader"}, Per: structure.EachArea("grid"), Count: structure.Exactly(1)}
}

func TestEveryFaultOfARuleIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*structure.Rule)
		want  error
		field string
	}{
		"id":           {func(r *structure.Rule) { r.ID = "a b" }, structure.ErrID, "id"},
		"kind":         {func(r *structure.Rule) { r.Kind = "teams" }, structure.ErrKind, "kind"},
		"no role":      {func(r *structure.Rule) { r.Role = nil }, structure.ErrMissing, "role"},
		"no unit":      {func(r *structure.Rule) { r.Per = structure.Per{} }, structure.ErrMissing, "per"},
		"no demand":    {func(r *structure.Rule) { r.Count = nil }, structure.ErrMissing, "count"},
		"unused":       {func(r *structure.Rule) { r.Through = []string{"x"} }, structure.ErrUnused, "through"},
		"negative":     {func(r *structure.Rule) { r.Count = structure.AtLeast(-1) }, structure.ErrCount, "count"},
		"backwards":    {func(r *structure.Rule) { r.Count = structure.Between(2, 1) }, structure.ErrCount, "count"},
		"too many":     {func(r *structure.Rule) { r.Count = structure.AtMost(structure.Unlimited + 1) }, structure.ErrCount, "count"},
		"level":        {func(r *structure.Rule) { r.Per = structure.EachArea("") }, structure.ErrPer, "per"},
		"street":       {func(r *structure.Rule) { r.Per = structure.Per{By: structure.PerStreet, Name: "x"} }, structure.ErrPer, "per"},
		"unit":         {func(r *structure.Rule) { r.Per.By = "town" }, structure.ErrPer, "per"},
		"empty name":   {func(r *structure.Rule) { r.Source = []string{""} }, structure.ErrName, "source"},
		"name twice":   {func(r *structure.Rule) { r.Role = []string{"x", "x"} }, structure.ErrTwice, "role"},
		"names":        {func(r *structure.Rule) { r.In = make([]string, structure.NamesMax+1) }, structure.ErrTooMany, "in"},
		"appointment":  {func(r *structure.Rule) { r.As = []party.AppointmentKind{"acting"} }, structure.ErrAppointment, "as"},
		"same in":      {func(r *structure.Rule) { r.SameIn = []string{"committee"} }, structure.ErrMissing, "same_as"},
		"interval":     {func(r *structure.Rule) { r.During = party.Interval{From: day(2), Until: day(2)} }, structure.ErrInterval, "until"},
		"micros":       {func(r *structure.Rule) { r.During.From = day(1).Add(time.Microsecond) }, structure.ErrNotMillis, "from"},
		"until micros": {func(r *structure.Rule) { r.During.Until = day(1).Add(time.Microsecond) }, structure.ErrNotMillis, "until"},
		"right": {func(r *structure.Rule) {
			*r = structure.Rule{ID: "r", Kind: structure.Rights, Parties: []string{"k"}, Rights: []party.RightKind{"rule"}}
		}, structure.ErrRight, "rights"},
		"registration": {func(r *structure.Rule) {
			*r = structure.Rule{ID: "r", Kind: structure.Registrations, Count: structure.AtMost(1), Registration: "guest"}
		}, structure.ErrRegistration, "registration"},
		"square metres": {func(r *structure.Rule) {
			*r = structure.Rule{ID: "r", Kind: structure.Facilities, Parties: []string{"k"}, Facilities: []string{"f"}, SquareMeters: -1}
		}, structure.ErrSquareMeters, "square_meters"},
		"areas per party": {func(r *structure.Rule) { r.Kind, r.Per = structure.Areas, structure.EachParty("k") }, structure.ErrPer, "per"},
		"areas of nobody": {func(r *structure.Rule) { r.Kind, r.Role = structure.Areas, nil }, structure.ErrMissing, "role"},
		"parties in buildings": {func(r *structure.Rule) {
			*r = structure.Rule{ID: "r", Kind: structure.Parties, Parties: []string{"k"}, Count: structure.AtMost(1), Per: structure.EachBuilding("")}
		}, structure.ErrPer, "per"},
	} {
		t.Run(name, func(t *testing.T) {
			r := leader()
			_, err := structure.Compile([]structure.Rule{r})
			require.NoError(t, err)
			c.spoil(&r)
			rules, err := structure.Compile([]structure.Rule{r})
			require.ErrorIs(t, err, c.want)
			require.Nil(t, rules)
			fault, ok := errors.AsType[*structure.CompileError](err)
			require.True(t, ok)
			require.True(t, slices.ContainsFunc(fault.Faults, func(e *structure.Error) bool {
				return e.Field == c.field && errors.Is(e, c.want) && e.Text("zh") != e.Text("en")
			}), err)
		})
	}
	_, err := structure.Compile([]structure.Rule{leader(), leader()})
	require.ErrorIs(t, err, structure.ErrDuplicate)
	_, err = structure.Compile(make([]structure.Rule, structure.RulesMax+1))
	require.ErrorIs(t, err, structure.ErrTooMany)
}

func TestFaultsAreCappedAndCounted(t *testing.T) {
	rules := make([]structure.Rule, structure.FaultsMax) // each lacks its id, role, unit and demand
	_, err := structure.Compile(rules)
	fault, ok := errors.AsType[*structure.CompileError](err)
	require.True(t, ok)
	require.Len(t, fault.Faults, structure.FaultsMax)
	require.Equal(t, 3*structure.FaultsMax, fault.Left)
	require.Contains(t, err.Error(), "300 more faults")
}

// Every fault of a file is reported at once with its line and column.
func TestDecodeSaysWhere(t *testing.T) {
	_, err := structure.Decode([]byte(`{"rules": [
  {"id": "网格长", "role": "grid-head", "per": "area:grid", "count": 1, "per": "street"},
  {"id": "a b", "role": ["x", 3], "per": "town:x", "count": {"max": 2, "least": 1}},
  {"kind": "parties", "parties": "squad", "per": "building:", "count": {}, "colour": "red"},
  {"id": "c", "role": "x", "per": "street", "count": 1, "from": "tomorrow", "square_meters": 2.5, "source": null}
], "version": 1}`))
	fault, ok := errors.AsType[*structure.CompileError](err)
	require.True(t, ok, err)
	var got []string
	for _, e := range fault.Faults {
		got = append(got, fmt.Sprintf("%d:%d %s %v", e.Line, e.Column, e.Field, e.Err))
	}
	require.Equal(t, []string{
		"2:70 per stands here twice",
		"3:10 id id is no code",
		"3:25 role value is of the wrong type",
		"3:42 per no unit that this kind of rule is checked for",
		"3:61 count value is of the wrong type",
		"4:3 id id is no code",
		"4:50 per no unit that this kind of rule is checked for",
		"4:72 count value is of the wrong type",
		"4:76 colour unknown field",
		"5:65 from value is of the wrong type",
		"5:94 square_meters value is of the wrong type",
		"5:109 source value is of the wrong type",
		"6:4 version unknown field",
	}, got)
}

func TestDecodeStopsAtSyntax(t *testing.T) {
	for text, place := range map[string]string{
		``: "1:1", `[`: "1:2", `3`: "1:1", `[{"id": "a", "kind": "filled"}`: "1:31", `{"rules": {}}`: "1:11", `[] []`: "1:3", "[{\n\"id\": \xff}]": "2:7",
		`[{"id": }]`: "1:8", `{"rules": []`: "1:13", `[3]`: "1:2", `[{"id" 3}]`: "1:8", `{"rules": [], "rules": []}`: "1:15",
	} {
		_, err := structure.Decode([]byte(text))
		fault, ok := errors.AsType[*structure.CompileError](err)
		require.True(t, ok, text)
		require.Equal(t, place, fmt.Sprint(fault.Faults[0].Line, ":", fault.Faults[0].Column), "%q: %v", text, err)
		require.Len(t, fault.Faults, 1, "what was not read is not missing: %v", err)
	}
	_, err := structure.Decode([]byte("[" + strings.Repeat(`{"id": "a", "kind": "filled"},`, structure.RulesMax+1) + "{}]"))
	require.ErrorIs(t, err, structure.ErrTooMany)
	require.NotErrorIs(t, err, structure.ErrDuplicate)
	rules, err := structure.Decode([]byte(`[]`))
	require.NoError(t, err)
	require.Empty(t, rules)
}

// What a value of the wrong type would silently mean is never meant.
func TestDecodeTakesNoValueForAnother(t *testing.T) {
	for field, want := range map[string]error{
		`"role": [null]`: structure.ErrValue, `"role": {}`: structure.ErrValue, `"role": null`: structure.ErrValue,
		`"per": ""`: structure.ErrPer, `"per": 3`: structure.ErrValue, `"per": "area"`: structure.ErrPer, `"per": "street:x"`: structure.ErrPer,
		`"count": "1"`: structure.ErrValue, `"count": 1.5`: structure.ErrValue, `"count": {"min": "1"}`: structure.ErrValue,
		`"count": {"Min": 1}`: structure.ErrValue, `"count": {"min": 1, "min": 2}`: structure.ErrValue, `"count": {"min": null}`: structure.ErrValue,
		`"count": [1]`: structure.ErrValue, `"count": 99999999999`: structure.ErrCount, `"from": "0001-01-01T00:00:00Z"`: structure.ErrValue,
		`"from": "2026-03-01"`: structure.ErrValue, `"dated": 1`: structure.ErrValue, `"Role": "x"`: structure.ErrField,
	} {
		_, err := structure.Decode([]byte(`[{"id": "a", "kind": "filled", ` + field + `}]`))
		require.ErrorIs(t, err, want, field)
	}
}

func TestDecodeShortForms(t *testing.T) {
	rules, err := structure.Decode([]byte(`[
  {"id": "a", "role": "x", "per": "building", "count": {"min": 1}, "source": "member", "same_as": ["y", "z"]},
  {"id": "b", "role": ["x"], "per": "building:houses", "count": {"max": 3}, "until": "2026-03-01T00:00:00+08:00"}]`))
	require.NoError(t, err)
	require.Equal(t, []structure.Rule{
		{
			ID: "a", Role: []string{"x"}, Per: structure.EachBuilding(""), Count: structure.AtLeast(1),
			Source: []string{"member"}, SameAs: []string{"y", "z"},
		},
		{
			ID: "b", Role: []string{"x"}, Per: structure.EachBuilding("houses"), Count: structure.AtMost(3),
			During: party.Interval{Until: rules[1].During.Until},
		},
	}, rules)
	require.True(t, rules[1].During.Until.Equal(time.Date(2026, 2, 28, 16, 0, 0, 0, time.UTC)))
}

// TestRulesSurviveJSON writes any rules and reads them back.
func TestRulesSurviveJSON(t *testing.T) { rapid.Check(t, rulesSurviveJSON) }

func FuzzRulesSurviveJSON(f *testing.F) { f.Fuzz(rapid.MakeFuzz(rulesSurviveJSON)) }

func rulesSurviveJSON(t *rapid.T) {
	var rules []structure.Rule
	for i := range rapid.IntRange(1, 4).Draw(t, "rules") {
		rules = append(rules, drawRule(t, i))
	}
	text, err := json.Marshal(rules)
	require.NoError(t, err)
	read, err := structure.Decode(text)
	require.NoError(t, err)
	require.Equal(t, rules, read)
	again, err := json.Marshal(read)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
}

// FuzzDecode: no input panics, what is accepted compiles and means the same when
// written and read again, and every fault lies within the text.
func FuzzDecode(f *testing.F) {
	for _, name := range structure.Presets() {
		rules, _ := structure.Preset(name, structure.PresetOptions{Lang: "zh"})
		text, err := json.Marshal(rules)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`[]`)) // once became null
	f.Add([]byte(`{"x": }`))
	f.Add([]byte(`{"rules": [{"id": "a", "role": "x", "per": "street", "count": {"min": 1, "max": 2}, "from": "2026-03-01T00:00:00Z"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, err := structure.Decode(data)
		if err != nil {
			fault, ok := errors.AsType[*structure.CompileError](err)
			require.True(t, ok)
			for _, e := range fault.Faults {
				require.True(t, 1 <= e.Line && e.Line <= bytes.Count(data, []byte{'\n'})+1, err)
				require.True(t, 1 <= e.Column && e.Column <= len(data)+1, err)
				require.NotEmpty(t, e.Text("zh"))
			}
			return
		}
		_, err = structure.Compile(rules)
		require.NoError(t, err)
		text, err := json.Marshal(rules)
		require.NoError(t, err)
		read, err := structure.Decode(text)
		require.NoError(t, err, "%s", text)
		again, err := json.Marshal(read)
		require.NoError(t, err)
		require.Equal(t, string(text), string(again))
	})
}

// Rules shares nothing with what it was made from, nor with what it answers.
func TestRulesAreCopied(t *testing.T) {
	given := []structure.Rule{leader()}
	rules, err := structure.Compile(given)
	require.NoError(t, err)
	given[0].Role[0], given[0].Count.Min = "changed", 9
	for r := range rules.All() {
		r.Role[0], r.Count.Max = "changed", 9
	}
	for r := range rules.All() {
		require.Equal(t, structure.People, r.Kind)
		require.Equal(t, []string{"leader"}, r.Role)
		require.Equal(t, structure.Exactly(1), r.Count)
	}
	r, ok := rules.Rule("leader")
	require.True(t, ok)
	r.Role[0] = "changed"
	r, _ = rules.Rule("leader")
	require.Equal(t, []string{"leader"}, r.Role)
	_, ok = rules.Rule("head")
	require.False(t, ok)
	var none *structure.Rules
	_, ok = none.Rule("leader")
	require.False(t, ok)
	require.Empty(t, slices.Collect(none.All()))
	require.Empty(t, none.Audit(nil, nil, day(1)))
}

// A nil Directory and a nil Map are empty: what is asked for is missing, always.
func TestNothingAtAll(t *testing.T) {
	rules, err := structure.Compile([]structure.Rule{
		{ID: "group", Kind: structure.Parties, Parties: []string{"leading-group"}, Per: structure.Street(), Count: structure.Exactly(1)},
		leader(),
	})
	require.NoError(t, err)
	require.Equal(t, []structure.Violation{
		{Rule: "group", Kind: structure.TooFew, Want: 1, Args: []string{"parties", "leading-group"}},
		{Rule: "leader", Kind: structure.UnknownLevel, Want: 1, Args: []string{"grid"}},
	}, rules.Audit(nil, nil, day(1)))
	require.Empty(t, rules.AuditDuring(nil, nil, party.Interval{From: day(2), Until: day(1)}))
}

// Since is in the location of the instant that was asked about.
func TestSinceHasTheLocation(t *testing.T) {
	beijing := time.FixedZone("CST", 8*3600)
	rules, err := structure.Compile([]structure.Rule{
		{ID: "group", Kind: structure.Parties, Parties: []string{"leading-group"}, Per: structure.Street(), Count: structure.Exactly(0)},
	})
	require.NoError(t, err)
	d, err := party.NewDirectory(nil, party.Plan{Parties: []party.Party{
		{Code: "g", Kind: "leading-group", During: party.Interval{From: day(2), Until: day(4)}},
	}})
	require.NoError(t, err)
	for _, got := range [][]structure.Violation{
		rules.Audit(d, nil, day(3).In(beijing)),
		rules.AuditDuring(d, nil, party.Interval{From: day(3).In(beijing)}),
		rules.AuditDuring(d, nil, party.Interval{Until: day(3).In(beijing)}),
	} {
		require.Len(t, got, 1)
		require.Equal(t, "2026-03-02T08:00:00+08:00", got[0].Since.Format(time.RFC3339))
		require.Equal(t, "2026-03-04T08:00:00+08:00", got[0].Until.Format(time.RFC3339))
	}
	require.Empty(t, rules.Audit(d, nil, day(4)))
	for from, n := range map[time.Duration]int{-2: 0, -1: 0, 0: 1} { // a part of a millisecond is an interval too
		at := day(2).Add(from * time.Millisecond)
		require.Len(t, rules.AuditDuring(d, nil, party.Interval{From: at.Add(1), Until: at.Add(2)}), n)
		require.Empty(t, rules.AuditDuring(d, nil, party.Interval{From: at.Add(2), Until: at.Add(2)}))
	}
	// Instants beyond counting are cut off, not wrapped round.
	for _, at := range []time.Time{time.Unix(1<<62, 0), time.Unix(-1<<62, 0)} {
		require.Empty(t, rules.Audit(d, nil, at))
	}
}

// Every way and every kind of rule has a text in both languages.
func TestTextsAreComplete(t *testing.T) {
	for _, kind := range structure.ViolationKinds() {
		for _, rule := range structure.Kinds() {
			v := structure.Violation{
				Rule: "r", Kind: kind, Area: "AREA", Post: "POST", Person: "PERSON", Want: 71, Got: 72, Args: []string{string(rule), "NAMES"},
			}
			en, zh := v.Text("en"), v.Text("zh")
			require.NotEqual(t, en, zh)
			for _, text := range []string{en, zh} {
				require.NotContains(t, text, "{")
				require.NotContains(t, text, string(kind))
				require.True(t, strings.HasPrefix(text, "AREA"))
			}
			if counts := slices.Index(structure.Kinds(), rule) <= slices.Index(structure.Kinds(), structure.Quotas); counts &&
				(kind == structure.TooFew || kind == structure.TooMany) {
				require.Contains(t, zh, "NAMES")
				require.Contains(t, zh, "71")
				require.Contains(t, zh, "72")
			}
		}
	}
	require.Equal(t, "全街道：任leader的人数为0，应不少于1",
		structure.Violation{Kind: structure.TooFew, Want: 1, Args: []string{"people", "leader"}}.Text("zh"))
}
