package interchange_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/interchange"
)

func TestEvent(t *testing.T) {
	r := sampleRequests()[0]
	m := interchange.Mapping{
		Matters: map[string]dispatch.Code{"006": "walk.broken"}, Other: "other", Prefix: "sf-", Channel: "open311", Area: "G1", Due: true, Media: "before",
	}
	e, err := r.Event(m)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(dispatch.Event{
		ID: "sf-638344", Matter: "walk.broken", Point: &orb.Point{-122.4651145, 37.762221815}, Channel: "open311", ExternalID: "638344",
		Due: r.Expected, Evidence: []dispatch.Evidence{{Kind: "before", URI: "http://city.example/638344.jpg"}},
	}, e))
	e.Point[0] = 0
	require.NotZero(t, r.Point[0])
	r.Point, r.ServiceCode = nil, "7"
	e, err = r.Event(interchange.Mapping{Other: "other", Area: "G1"})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(dispatch.Event{ID: "638344", Matter: "other", ExternalID: "638344", Area: "G1"}, e))

	r.Index = 5
	for name, c := range map[string]struct {
		change func(r *interchange.Request, m *interchange.Mapping)
		want   []at
	}{
		"no matter":     {func(_ *interchange.Request, m *interchange.Mapping) { m.Other = "" }, []at{{5, "service_code", interchange.ErrService}}},
		"matter":        {func(_ *interchange.Request, m *interchange.Mapping) { m.Other = "a b" }, []at{{5, "service_code", interchange.ErrCode}}},
		"slash":         {func(r *interchange.Request, _ *interchange.Mapping) { r.ID = "1/2" }, []at{{5, "service_request_id", interchange.ErrCode}}},
		"long":          {func(r *interchange.Request, _ *interchange.Mapping) { r.ID = strings.Repeat("1", 94) }, []at{{5, "service_request_id", interchange.ErrCode}}},
		"empty":         {func(r *interchange.Request, m *interchange.Mapping) { r.ID, m.Prefix = "", "" }, []at{{5, "service_request_id", interchange.ErrCode}}},
		"area":          {func(_ *interchange.Request, m *interchange.Mapping) { m.Area = "*" }, []at{{5, "area", interchange.ErrCode}}},
		"channel":       {func(_ *interchange.Request, m *interchange.Mapping) { m.Channel = "a\n" }, []at{{5, "channel", interchange.ErrText}}},
		"long channel":  {func(_ *interchange.Request, m *interchange.Mapping) { m.Channel = strings.Repeat("街", 86) }, []at{{5, "channel", interchange.ErrTooLong}}},
		"point":         {func(r *interchange.Request, _ *interchange.Mapping) { r.Point = &orb.Point{0, 100} }, []at{{5, "lat", interchange.ErrPoint}}},
		"due":           {func(r *interchange.Request, _ *interchange.Mapping) { r.Expected = time.Unix(0, 1) }, []at{{5, "expected_datetime", interchange.ErrTime}}},
		"media url":     {func(r *interchange.Request, _ *interchange.Mapping) { r.MediaURL = strings.Repeat("街", 342) }, []at{{5, "media_url", interchange.ErrTooLong}}},
		"media is text": {func(r *interchange.Request, _ *interchange.Mapping) { r.MediaURL = "\x00" }, []at{{5, "media_url", interchange.ErrText}}},
	} {
		r, m := r, m
		c.change(&r, &m)
		e, err := r.Event(m)
		requireFaults(t, name, c.want, err)
		require.Zero(t, e, name)
	}
}

// TestEveryEventIsTaken makes events of any request with sound codes.
func TestEveryEventIsTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest.Draw(t, "request")
		r.ID = rapid.StringMatching(`[A-Z0-9.-]{1,90}`).Draw(t, "id")
		e, err := r.Event(interchange.Mapping{Other: "other", Prefix: "p-", Channel: "open311", Area: "G1", Due: rapid.Bool().Draw(t, "due"), Media: "before"})
		require.NoError(t, err)
		checkEventTaken(t, e)
		require.Equal(t, r.ID, e.ExternalID)
		require.True(t, (e.Point == nil) == (e.Area != ""))
	})
}

// TestBostonThereAndBack takes the city's reports as service requests, sends them
// in both formats and files what arrives.
func TestBostonThereAndBack(t *testing.T) {
	file, err := os.Open("../../examples/street/places/boston/events.csv.gz")
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	rows, err := csv.NewReader(unzipped).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"id", "at", "matter", "lng", "lat", "channel", "due_at", "closed_at"}, rows[0][:8])
	when := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		at, err := time.Parse("2006-01-02T15:04:05", s)
		require.NoError(t, err)
		return at
	}
	var list []interchange.Request
	for i, row := range rows[1:] {
		r := interchange.Request{ID: row[0], Status: interchange.Closed, ServiceCode: row[2], Requested: when(row[1]), Expected: when(row[6]), Updated: when(row[7]), Index: i}
		if row[3] != "" {
			lng, err := strconv.ParseFloat(row[3], 64)
			require.NoError(t, err)
			lat, err := strconv.ParseFloat(row[4], 64)
			require.NoError(t, err)
			r.Point = &orb.Point{lng, lat}
		}
		list = append(list, r)
	}
	require.Greater(t, len(list), 4000)
	for _, format := range []interchange.Format{interchange.XML, interchange.JSON} {
		var b bytes.Buffer
		require.NoError(t, interchange.WriteRequests(&b, format, list))
		got, err := interchange.ReadRequests(&b)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(list, got))
		for i, r := range got {
			e, err := r.Event(interchange.Mapping{Matters: map[string]dispatch.Code{rows[i+1][2]: dispatch.Code(rows[i+1][2])}, Prefix: "boston-", Due: true})
			require.NoError(t, err)
			checkEventTaken(t, e)
			require.Equal(t, e.Due, r.Expected)
		}
	}
}

// journalCases are the cases of the committed journal.
func journalCases(t require.TestingT) []dispatch.Case {
	text, err := os.ReadFile("../testdata/desk/journal1.jsonl")
	require.NoError(t, err)
	d := dispatch.NewDesk()
	for line := range strings.Lines(string(text)) {
		var e dispatch.Entry
		require.NoError(t, json.Unmarshal([]byte(line), &e))
		require.NoError(t, d.Apply(e))
	}
	var all []dispatch.Case
	for c := range d.Cases() {
		all = append(all, c)
	}
	return all
}

func TestFromCase(t *testing.T) {
	var list []interchange.Request
	for _, c := range journalCases(t) {
		r := interchange.FromCase(c, interchange.Publication{Lang: "zh", Services: map[dispatch.Code]string{"cover": "井盖"}, Agencies: map[dispatch.Code]string{c.Lead.Party: "lead", c.Answers.Party: "now"}})
		require.Equal(t, c.State.Open(), r.Status == interchange.Open)
		require.Equal(t, string(c.ID), r.ID)
		require.Equal(t, string(c.Event.Matter), r.ServiceCode)
		require.True(t, r.Requested.Equal(c.FiledAt) && r.Expected.Equal(c.DueAt) && !r.Updated.Before(r.Requested))
		if c.State == dispatch.StateClosed {
			require.Equal(t, "已结案。", r.Notes)
			require.True(t, r.Updated.Equal(c.ClosedAt))
			require.Equal(t, "lead", r.Agency)
		} else {
			require.Equal(t, "now", r.Agency)
		}
		require.Equal(t, c.Event.Point, r.Point)
		hidden := interchange.FromCase(c, interchange.Publication{HidePoint: true, Notes: map[dispatch.State]string{c.State: "own"}})
		require.Nil(t, hidden.Point)
		require.Equal(t, "own", hidden.Notes)
		require.Empty(t, hidden.Agency)
		r.Index = len(list)
		list = append(list, r)
	}
	require.NotEmpty(t, list)
	var b bytes.Buffer
	require.NoError(t, interchange.WriteRequests(&b, interchange.XML, list))
	for _, word := range []string{"wang", "li<", "photo", "SZ-1", "12345", "12000"} { // people, evidence, external id, channel, cost
		require.NotContains(t, b.String(), word)
	}
	got, err := interchange.ReadRequests(&b)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(list, got))
	odd := interchange.FromCase(dispatch.Case{ID: "C", State: "paused"}, interchange.Publication{})
	require.Equal(t, "paused", odd.Notes)
}

// TestEveryStateHasNotes: every state has words of its own for the public, in both
// languages, and is open as long as somebody answers.
func TestEveryStateHasNotes(t *testing.T) {
	seen := map[string]bool{}
	for _, lang := range []string{"en", "zh"} {
		for _, s := range dispatch.States() {
			notes := interchange.FromCase(dispatch.Case{State: s}, interchange.Publication{Lang: lang}).Notes
			require.False(t, notes == "" || seen[lang+notes], notes)
			require.NotEqual(t, string(s), notes)
			seen[lang+notes] = true
		}
	}
}

func TestServices(t *testing.T) {
	list := interchange.Services([]dispatch.Matter{
		{Code: "06", Name: "市容环境"}, {Code: "06001", Name: "私搭乱建 & <>"}, {Code: "waste", Name: "Waste"}, {Code: "waste.big.sofa", Name: "Sofa"}, {Code: "waste.big.sofa.red", Name: "Red"},
	})
	var groups []string
	for _, s := range list {
		groups = append(groups, s.Code+"<"+s.Group)
	}
	require.Equal(t, []string{"06<", "06001<市容环境", "waste<", "waste.big.sofa<Waste", "waste.big.sofa.red<Sofa"}, groups)
	var b bytes.Buffer
	require.NoError(t, interchange.WriteServices(&b, interchange.XML, list))
	var twin struct {
		Services []struct {
			Code     string `xml:"service_code"`
			Name     string `xml:"service_name"`
			Metadata bool   `xml:"metadata"`
			Type     string `xml:"type"`
			Group    string `xml:"group"`
		} `xml:"service"`
	}
	require.NoError(t, xml.Unmarshal(b.Bytes(), &twin))
	require.Len(t, twin.Services, 5)
	require.Equal(t, "私搭乱建 & <>", twin.Services[1].Name)
	require.Equal(t, "realtime", twin.Services[1].Type)
	b.Reset()
	require.NoError(t, interchange.WriteServices(&b, interchange.JSON, list))
	var plain []map[string]any
	require.NoError(t, json.Unmarshal(b.Bytes(), &plain))
	require.Equal(t, map[string]any{
		"service_code": "06001", "service_name": "私搭乱建 & <>", "description": nil, "metadata": false, "type": "realtime", "keywords": nil, "group": "市容环境",
	}, plain[1])
	err := interchange.WriteServices(&b, interchange.JSON, []interchange.Service{{Name: "a\n", Description: "a\n", Keywords: strings.Repeat("a", 1025)}})
	requireFaults(t, "service", []at{{0, "service_name", interchange.ErrText}, {0, "keywords", interchange.ErrTooLong}, {0, "service_code", interchange.ErrMissing}}, err)
}
