package party_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party"
)

// TestNumbersAreMasked: whoever has not consented shows two digits at most, by
// query, in JSON and in print.
func TestNumbersAreMasked(t *testing.T) { rapid.Check(t, numbersAreMasked) }

func FuzzNumbersAreMasked(f *testing.F) { f.Fuzz(rapid.MakeFuzz(numbersAreMasked)) }

func numbersAreMasked(t *rapid.T) {
	phone := rapid.OneOf(rapid.StringMatching(`\+?[0-9 ()-]{0,20}`), rapid.StringMatching(`[0-9٠-٩０-９]{0,14}`), rapid.String()).Draw(t, "phone")
	consent := rapid.Bool().Draw(t, "consent")
	d, err := party.NewDirectory(nil, party.Plan{People: []party.Person{{Code: "liu", Phone: phone, Consent: consent}}})
	require.NoError(t, err)
	p, ok := d.Person("liu")
	require.True(t, ok)
	number, has := d.Call("liu")
	require.Equal(t, phone, number, "the number to call is whole")
	require.Equal(t, phone != "", has)
	if consent {
		require.Equal(t, phone, p.Phone)
		return
	}
	shown := 0
	for _, r := range p.Phone {
		require.True(t, unicode.IsDigit(r) || strings.ContainsRune("*+ -()", r), "%q", p.Phone)
		if unicode.IsDigit(r) {
			shown++
		}
	}
	require.LessOrEqual(t, shown, 2)
	all := 0
	for _, r := range phone {
		if unicode.IsDigit(r) {
			all++
		}
	}
	require.Equal(t, all, shown+strings.Count(p.Phone, "*"), "as many places as there are digits")
	require.True(t, all >= 5 || shown == 0, "a short number is hidden whole")
	if all < 5 {
		return // what is that short is no secret among other digits
	}
	text, err := json.Marshal(p)
	require.NoError(t, err)
	for _, printed := range []string{string(text), fmt.Sprintf("%v %+v %#v", p, p, p)} {
		require.NotContains(t, printed, strings.TrimSpace(phone))
	}
}

// Whatever the verb, a Directory prints no name and no number, of those who have
// consented neither, and its JSON has none.
func TestPrintingADirectoryShowsNobody(t *testing.T) {
	d, err := party.NewDirectory(nil, party.Plan{People: []party.Person{
		{Code: "liu", Name: "刘某", Phone: "13800138000"}, {Code: "chen", Name: "陈某", Phone: "13900139000", Consent: true},
	}})
	require.NoError(t, err)
	text, err := json.Marshal([]any{d})
	require.NoError(t, err)
	printed := string(text)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		printed += fmt.Sprintf(verb, d) + fmt.Sprintf(verb, *d) + fmt.Sprintf(verb, []*party.Directory{d}) + fmt.Sprintf(verb, struct{ D *party.Directory }{d})
	}
	for _, secret := range []string{"刘某", "陈某", "138001", "139001", "3133383030", "e58898"} {
		require.NotContains(t, printed, secret)
	}
	require.Contains(t, fmt.Sprint(d), "people: 2")
	var none *party.Directory
	require.Equal(t, "<nil>", fmt.Sprint(none))
}

// TestHashCoversEveryFieldButPersonalData changes each field of one entry of each
// list in turn: a field that somebody adds and forgets to hash fails here.
func TestHashCoversEveryFieldButPersonalData(t *testing.T) {
	build := func() party.Plan {
		var p party.Plan
		sound(&p)
		p.People = append(p.People, party.Person{Code: "extra", Home: "one", Kinds: []string{"elected"}, Skills: []string{"law"}})
		p.Parties = append(p.Parties, party.Party{Code: "extra", Parent: "one"})
		p.Posts = append(p.Posts, party.Post{Code: "extra1", Party: "one", Deputy: "chief"})
		p.Appointments = []party.Appointment{{Person: "liu", Post: "chief", During: good}}
		p.Registrations = []party.Registration{{Person: "liu", Area: "A", Kind: party.ReportIn, During: good}}
		p.Rights = []party.Right{{Holder: "one", Kind: party.RightCommand, Scope: "A", During: good}}
		p.Groups = []party.Group{{Code: "extra", Lead: "liu", Members: []party.Code{"extra", "liu"}, During: good}}
		p.Facilities = []party.Facility{{Code: "extra", Party: "one", During: good}}
		p.Fields = []party.Field{{Code: "extra", Owner: "one", During: good}}
		return p
	}
	hash := func(p party.Plan) [32]byte {
		d, err := party.NewDirectory(nil, p)
		require.NoError(t, err)
		return d.Hash()
	}
	whole := hash(build())
	values := map[string]any{ // that fit where the field refers to something
		"Parent": party.Code("two"), "Home": party.Code("two"), "Party": party.Code("two"), "Owner": party.Code("two"),
		"Holder": party.Code("two"), "Person": party.Code("extra"), "Post": party.Code("extra1"), "Deputy": party.Code(""),
		"Lead": party.Code("extra"), "Members": []party.Code{"liu"}, "Scope": party.Code("B"), "During": party.Interval{From: instant(5), Until: instant(10)},
		"Place": party.Place{Layer: "building", Feature: "1"},
	}
	kinds := map[string]any{"Appointments": party.Mobile, "Registrations": party.Membership, "Rights": party.RightAssess}
	personal := map[string]bool{"Name": true, "Phone": true, "Consent": true}
	checked := 0
	for l := range reflect.TypeFor[party.Plan]().NumField() {
		list := reflect.TypeFor[party.Plan]().Field(l)
		if list.Type.Kind() != reflect.Slice {
			continue // the layers; TestHashCoversTheRoster has the others
		}
		for i := range list.Type.Elem().NumField() {
			field := list.Type.Elem().Field(i)
			p := build()
			entries := reflect.ValueOf(&p).Elem().Field(l)
			to := entries.Index(entries.Len() - 1).Field(i)
			value, fits := values[field.Name]
			switch {
			case field.Name == "Kind" && kinds[list.Name] != nil:
				to.SetString(reflect.ValueOf(kinds[list.Name]).String())
			case fits:
				to.Set(reflect.ValueOf(value))
			case to.Kind() == reflect.String:
				to.SetString("changed")
			case to.Kind() == reflect.Bool:
				to.SetBool(true)
			case to.CanInt():
				to.SetInt(7)
			case to.CanFloat():
				to.SetFloat(7)
			default:
				to.Set(reflect.ValueOf([]string{"changed"}))
			}
			if field.Name == "Code" && list.Name == "People" { // others refer to it
				p.Groups[0].Members[0] = "changed"
			}
			require.Equal(t, list.Name == "People" && personal[field.Name], hash(p) == whole, "%s.%s", list.Name, field.Name)
			checked++
		}
	}
	require.GreaterOrEqual(t, checked, 50)
}

// The same instant in another zone, and in years that no calendar prints, is the
// same content and is covered.
func TestHashKnowsInstantsNotZones(t *testing.T) {
	hash := func(from time.Time) [32]byte {
		d, err := party.NewDirectory(nil, party.Plan{Parties: []party.Party{{Code: "one", During: party.Interval{From: from}}}})
		require.NoError(t, err)
		return d.Hash()
	}
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.FixedZone("", 8*3600))
	require.Equal(t, hash(at), hash(at.UTC()))
	far := time.Date(12026, 3, 1, 0, 0, 0, 0, time.UTC)
	require.NotEqual(t, hash(far), hash(far.Add(time.Millisecond)))
	require.NotEqual(t, hash(far), hash(time.Time{}))
}

// Lists come out as copies: writing to them changes no Directory.
func TestAnswersAreCopies(t *testing.T) {
	plan := party.Plan{
		People: []party.Person{{Code: "liu", Kinds: []string{"elected"}, Skills: []string{"law"}}},
		Groups: []party.Group{{Code: "flood", Members: []party.Code{"liu"}, During: good}},
	}
	d, err := party.NewDirectory(nil, plan)
	require.NoError(t, err)
	plan.People[0].Skills[0], plan.Groups[0].Members[0] = "x", "x"
	for range 2 {
		p, _ := d.Person("liu")
		g, _ := d.Group("flood")
		require.Equal(t, []any{"elected", "law", party.Code("liu")}, []any{p.Kinds[0], p.Skills[0], g.Members[0]})
		p.Kinds[0], p.Skills[0], g.Members[0] = "x", "x", "x"
		for g := range d.Groups(instant(6)) {
			require.Equal(t, party.Code("liu"), g.Members[0])
			g.Members[0] = "x"
		}
	}
}
