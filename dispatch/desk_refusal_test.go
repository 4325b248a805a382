package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// reason makes one refusal apply to a command, on a desk it may change.
type reason struct {
	code string
	do   func(t *testing.T, d *dispatch.Desk, cmd *dispatch.Command)
}

// deskPrecedence checks that each reason is given alone, and that of any set of
// them the first in order is given.
func deskPrecedence(t *testing.T, fresh func() (*dispatch.Desk, dispatch.Command), at time.Time, reasons []reason) {
	order := dispatch.RefusalCodes()
	for set := range 1 << len(reasons) {
		d, cmd := fresh()
		want := ""
		for i, r := range reasons {
			if set&(1<<i) == 0 {
				continue
			}
			r.do(t, d, &cmd)
			if want == "" || slices.Index(order, r.code) < slices.Index(order, want) {
				want = r.code
			}
		}
		require.Equal(t, want, deskRefusal(t, d, at, cmd), "reasons %b", set)
	}
}

var deskStranger = dispatch.Actor{Person: "zhao"}

func reasonStale(t *testing.T, _ *dispatch.Desk, cmd *dispatch.Command) { cmd.Expect = 99 }

func reasonStranger(t *testing.T, _ *dispatch.Desk, cmd *dispatch.Command) { cmd.Actor = deskStranger }

func TestRefusalPrecedenceOfWork(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	for verb, state := range map[string]dispatch.State{
		"register": "filed", "dispatch": "registered", "ack": "dispatched", "start": "acknowledged",
		"finish": "in_progress", "verify": "done", "close": "verified",
	} {
		fresh := func() (*dispatch.Desk, dispatch.Command) {
			return deskAt(t, w, at, state, deskEvent("E1", "cover", deskWest)), dispatch.Command{Do: deskVerb(verb, "E1")}
		}
		reasons := []reason{
			{"stale", reasonStale}, {"not_entitled", reasonStranger},
			{"wrong_state", func(t *testing.T, d *dispatch.Desk, _ *dispatch.Command) { deskDo(t, d, at, deskVerb(verb, "E1")) }},
		}
		deskPrecedence(t, fresh, at, reasons)
		nobody := reason{"unknown_case", func(t *testing.T, d *dispatch.Desk, cmd *dispatch.Command) { cmd.Do = deskVerb(verb, "E2") }}
		deskPrecedence(t, fresh, at, []reason{nobody, reasons[0], reasons[1]})
	}
}

func TestRefusalPrecedenceOfTheRest(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	unclear := func() (*dispatch.Desk, dispatch.Command) {
		return deskAt(t, w, at, "registered", deskEvent("E1", "noise", deskWest)), dispatch.Command{Do: deskVerb("dispatch", "E1")}
	}
	none := reason{"no_lead", func(*testing.T, *dispatch.Desk, *dispatch.Command) {}}
	require.Equal(t, "no_lead", deskRefusal(t, deskAt(t, w, at, "registered", deskEvent("E1", "noise", deskWest)), at,
		dispatch.Command{Do: deskVerb("dispatch", "E1")}))
	for _, other := range []reason{{"stale", reasonStale}, {"not_entitled", reasonStranger}} {
		d, cmd := unclear()
		none.do(t, d, &cmd)
		other.do(t, d, &cmd)
		require.Equal(t, other.code, deskRefusal(t, d, at, cmd))
	}

	file := func() (*dispatch.Desk, dispatch.Command) {
		return deskNew(t, w), dispatch.Command{Do: dispatch.File{Event: deskEvent("E1", "cover", deskWest), Case: "C1"}}
	}
	deskPrecedence(t, file, at, []reason{
		{"case_exists", func(t *testing.T, d *dispatch.Desk, _ *dispatch.Command) {
			deskDo(t, d, at, dispatch.File{Event: deskEvent("E2", "cover", deskWest), Case: "C1"})
		}},
		{"event_exists", func(t *testing.T, d *dispatch.Desk, _ *dispatch.Command) {
			deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "cover", deskWest), Case: "C2"})
		}},
		{"stale", reasonStale},
	})

	admit := func() (*dispatch.Desk, dispatch.Command) {
		return deskNew(t, w), dispatch.Command{Do: dispatch.Admit{Mandate: deskMandate("M1")}}
	}
	deskPrecedence(t, admit, at, []reason{
		{"mandate_exists", func(t *testing.T, d *dispatch.Desk, _ *dispatch.Command) {
			deskDo(t, d, at, dispatch.Admit{Mandate: deskMandate("M1")})
		}},
		{"stale", reasonStale}, {"not_entitled", reasonStranger},
		{"unknown_party", func(_ *testing.T, _ *dispatch.Desk, cmd *dispatch.Command) {
			m := cmd.Do.(dispatch.Admit).Mandate
			m.Community = "nowhere"
			cmd.Do = dispatch.Admit{Mandate: m}
		}},
		{"unknown_matter", func(_ *testing.T, _ *dispatch.Desk, cmd *dispatch.Command) {
			m := cmd.Do.(dispatch.Admit).Mandate
			m.Matter = "unheard-of"
			cmd.Do = dispatch.Admit{Mandate: m}
		}},
	})

	install := func() (*dispatch.Desk, dispatch.Command) {
		return deskNew(t, w), dispatch.Command{Do: dispatch.Install{Setup: w.split}}
	}
	deskPrecedence(t, install, at, []reason{{"stale", reasonStale}, {"not_entitled", reasonStranger}})
}

func TestRefusalVerifierIsNotTheDoer(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	// The duty desk itself is named as lead nowhere, so a desk officer is lent to the squad.
	for _, c := range []struct {
		doer, verifier dispatch.Actor
		want           string
	}{
		{dispatch.Actor{Person: "li"}, dispatch.Actor{Person: "li"}, "not_entitled"}, // serves the lead, not the desk
		{dispatch.Actor{}, dispatch.Actor{Person: "wang"}, ""},
		{dispatch.Actor{}, dispatch.Actor{}, ""},
		{dispatch.Actor{Person: "wang"}, dispatch.Actor{Person: "wang"}, "doer_verifies"},
		{dispatch.Actor{Person: "wang", Post: "desk-officer"}, dispatch.Actor{Post: "desk-officer"}, "doer_verifies"},
		{dispatch.Actor{Post: "desk-officer"}, dispatch.Actor{Post: "desk-officer"}, "doer_verifies"},
		{dispatch.Actor{Post: "desk-officer"}, dispatch.Actor{Person: "wang"}, ""},
		{dispatch.Actor{Person: "wang"}, dispatch.Actor{}, ""},
	} {
		event := dispatch.Event{ID: "E1", Matter: "cover", Area: "G1"}
		d := deskAt(t, w, at, "in_progress", event)
		if c.doer.Person == "wang" || c.doer.Post != "" { // the place is off the map: the desk does the work
			deskDo(t, d, at, dispatch.Install{Setup: w.split})
		}
		deskAs(t, d, at, c.doer, dispatch.Finish{Case: "E1", Override: "alone"})
		require.Equal(t, c.want, deskRefusal(t, d, at, dispatch.Command{Actor: c.verifier, Do: dispatch.Verify{Case: "E1"}}), "%v", c)
	}
	refusal := dispatch.Refusal{Code: "doer_verifies", Args: []string{"E1", "wang"}}
	require.Equal(t, "wang did the work of case E1 and may not verify it", refusal.Text("en"))
}

func TestRefusalEntitlement(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	for _, c := range []struct {
		actor dispatch.Actor
		may   bool
	}{
		{dispatch.Actor{}, true},
		{dispatch.Actor{Person: "li"}, true},
		{dispatch.Actor{Post: "foreman"}, true},
		{dispatch.Actor{Person: "li", Post: "foreman"}, true},
		{dispatch.Actor{Person: "li", Post: "manager"}, false},
		{dispatch.Actor{Person: "zhao", Post: "foreman"}, false},
		{dispatch.Actor{Person: "wang"}, false},
		{dispatch.Actor{Post: "desk-officer"}, false},
		{dispatch.Actor{Person: "nobody"}, false},
		{dispatch.Actor{Post: "nothing"}, false},
	} {
		for _, matter := range []dispatch.Code{"waste.missed", "cover"} { // lead squad, and sanitation above it
			d := deskAt(t, w, at, "dispatched", deskEvent("E1", matter, deskWest))
			got := deskRefusal(t, d, at, dispatch.Command{Actor: c.actor, Do: dispatch.Ack{Case: "E1"}})
			require.Equal(t, c.may, got == "", "%v on %s: %s", c.actor, matter, got)
		}
	}
}

func TestRefusalTextsAreTotal(t *testing.T) {
	for _, code := range dispatch.RefusalCodes() {
		r := dispatch.Refusal{Code: code, Args: []string{"a0", "a1", "a2", "a3"}}
		require.NotEqual(t, code+" a0 a1 a2", r.Text("en"))
		require.NotEqual(t, r.Text("en"), r.Text("zh"))
		require.NotContains(t, r.Text("en")+r.Text("zh"), "{")
	}
}

func TestRefusalSaysStatesInChinese(t *testing.T) {
	r := dispatch.Refusal{Code: "wrong_state", Args: []string{"E1", "in_progress", "close"}}
	require.Equal(t, "案件E1处于“处置中”状态，不能执行“结案”", r.Text("zh"))
	require.Equal(t, "case E1 is in progress, which does not allow close", r.Text("en"))
	require.Equal(t, []string{"E1", "in_progress", "close"}, r.Args)
	r = dispatch.Refusal{Code: "no_lead", Args: []string{"E1", "tie"}}
	require.Equal(t, "案件E1无法确定主办单位：条目冲突", r.Text("zh"))
	require.NotPanics(t, func() { _ = dispatch.Refusal{Code: "wrong_state"}.Text("zh") })
	words := []string{
		string(dispatch.UnknownMatter), string(dispatch.NoPoint), string(dispatch.Outside), string(dispatch.NoList),
		string(dispatch.NoRule), string(dispatch.Tied), string(dispatch.Decided),
	}
	for _, s := range dispatch.States() {
		words = append(words, string(s))
	}
	for _, v := range dispatch.Verbs() {
		words = append(words, v.Name)
	}
	for _, word := range words {
		require.NotEqual(t, dispatch.State(word).Text("en"), dispatch.State(word).Text("zh"), word)
	}
}

func TestRefusedKeyedAnswersTheSameForEver(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	d := deskNew(t, w)
	deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "cover", deskWest)})
	hash := d.Hash()
	cmd := dispatch.Command{Key: "k", Do: dispatch.Ack{Case: "E1"}}
	out, err := d.Decide(at, cmd)
	require.NoError(t, err)
	require.Equal(t, []string{"refused"}, deskFacts(out.Entries))
	deskApply(t, d, out.Entries)
	require.Equal(t, hash, d.Hash())
	require.Equal(t, uint64(1), deskCase(t, d, "E1").Version)

	deskDo(t, d, at, dispatch.Register{Case: "E1"})
	deskDo(t, d, at, dispatch.Dispatch{Case: "E1"}) // now it would pass
	again, err := d.Decide(at, cmd)
	require.NoError(t, err)
	require.Equal(t, dispatch.Outcome{Seq: out.Seq, Replayed: true, Refusal: out.Refusal}, again)
}

func deskMandate(id dispatch.Code) dispatch.Mandate {
	return dispatch.Mandate{
		ID: id, Matter: "lamp", Applicant: "urban", Community: "community", Approver: "street",
		Powers: []string{"inspect", "report"}, People: 2, Fund: "F1", Amount: 3_000_000, Basis: "准入办法第五条",
		During: dispatch.Interval{From: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)},
	}
}
