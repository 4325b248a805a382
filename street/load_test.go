package street_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// smallFolder is the smallest folder with every kind of file: two grids of one
// community, side by side.
func smallFolder() fstest.MapFS {
	square := func(code string, west, east float64) string {
		return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q,"name":%q,"parent":"NH"},"geometry":{"type":"Polygon","coordinates":[[[%v,22.70],[%v,22.70],[%v,22.72],[%v,22.72],[%v,22.70]]]}}`, code, code, west, east, east, west, west)
	}
	files := map[string]string{
		"street.json": `{
  "format": 1, "name": "牛湖", "time_zone": "Asia/Shanghai",
  "levels": [{"name": "社区", "file": "areas/community.geojson"}, {"name": "网格", "file": "areas/grid.geojson"}],
  "hours": {"windows": ["08:00-12:00", "14:00-18:00"], "holidays": "cn"}
}`,
		"areas/community.geojson": `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"NH","name":"牛湖社区"},"geometry":{"type":"Polygon","coordinates":[[[114.00,22.70],[114.04,22.70],[114.04,22.72],[114.00,22.72],[114.00,22.70]]]}}
]}`,
		"areas/grid.geojson": "{\"type\":\"FeatureCollection\",\"features\":[\n" + square("G1", 114.00, 114.02) + ",\n" + square("G2", 114.02, 114.04) + "\n]}",
		"parties.csv":        "code,name,kind,parent\nstation,社区工作站,station,\nsquad,网格队,squad,station\n",
		"people.csv":         "code,name\np1,陈一\n",
		"posts.csv":          "code,name,party,role\nlead1,牵头人,squad,lead\n",
		"appointments.csv":   "person,post,kind,from\np1,lead1,resident,2021-01-01\n",
		"matters.csv":        "code,name\nwaste,垃圾\nwaste.missed,漏收\nlight,路灯\n",
		"duties.csv":         "id,role,matter,party,area,budget\nR1,lead,*,station,*,2wd\nR2,lead,waste,lead1,G1,4wh\nR3,assist,waste,station,,\n",
		"events.csv":         "id,at,matter,lng,lat\nE1,2021-09-28 10:00,waste.missed,114.01,22.71\nE2,2021-09-28 11:00,light,114.03,22.71\n",
		"funds.csv":          "code,name,party,purpose,year,amount\nF1,专项,station,park,2021,100.00\n",
		"commands.jsonl":     "{\"at\":\"2021-09-28 12:00\",\"key\":\"k1\",\"machine\":\"desk\",\"do\":\"ack\",\"case\":\"E1\"}\n",
	}
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

var options = street.LoadOptions{Zone: time.LoadLocation}

func set(f fstest.MapFS, name, text string) { f[name] = &fstest.MapFile{Data: []byte(text)} }

// edit replaces old by new in a file, which must hold it.
func edit(f fstest.MapFS, name, old, new string) {
	text := string(f[name].Data)
	if !strings.Contains(text, old) {
		panic(name + " does not hold " + old)
	}
	set(f, name, strings.Replace(text, old, new, 1))
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

func TestASmallFolderLoadsClean(t *testing.T) {
	f, err := street.Load(smallFolder(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	require.Equal(t, 2, f.Map.LeafCount())
	require.Len(t, f.Events, 2)
	require.Len(t, f.Commands, 1)
	require.Len(t, f.Funds, 1)
}

// TestEachFaultHasItsPlace spoils a good folder in one way each and wants exactly
// that fault, at the file, line and column of the cell.
func TestEachFaultHasItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(f fstest.MapFS)
		place string
		code  string
	}{
		"no street.json": {func(f fstest.MapFS) { delete(f, "street.json") }, "street.json", "missing-file"},
		"no area file":   {func(f fstest.MapFS) { delete(f, "areas/grid.geojson") }, "areas/grid.geojson", "missing-file"},
		"broken json":    {func(f fstest.MapFS) { edit(f, "street.json", `"name": "牛湖",`, `"name": "牛湖"`) }, "street.json:2:29", "bad-json"},
		"wrong type":     {func(f fstest.MapFS) { edit(f, "street.json", `"format": 1`, `"format": "1"`) }, "street.json:2:13", "bad-type.number"},
		"no budget": {func(f fstest.MapFS) {
			edit(f, "street.json", `"format": 1,`, `"format": 1, "policy": {"archive": "30x"},`)
		}, "street.json:2:27", "bad-budget"},
		"bare budget": {func(f fstest.MapFS) {
			edit(f, "street.json", `"format": 1,`, `"format": 1, "policy": {"archive": 30},`)
		}, "street.json:2:27", "bad-budget"},
		"no week": {func(f fstest.MapFS) { edit(f, "street.json", `"windows": [`, `"week": "Mo-Fr", "windows": [`) }, "street.json:4:13", "bad-week"},
		"no number": {func(f fstest.MapFS) {
			edit(f, "street.json", `"format": 1,`, `"format": 1, "policy": {"close": "1wd", "reworks": "two"},`)
		}, "street.json:2:54", "bad-type.number"},
		"no list": {func(f fstest.MapFS) {
			edit(f, "street.json", `"format": 1,`, `"format": 1, "layers": {"name": "roads"},`)
		}, "street.json:2:26", "bad-type.list"},
		"no object":      {func(f fstest.MapFS) { edit(f, "street.json", `"format": 1,`, `"format": 1, "policy": ["close"],`) }, "street.json:2:26", "bad-type.object"},
		"other format":   {func(f fstest.MapFS) { edit(f, "street.json", `"format": 1`, `"format": 2`) }, "street.json:2:3", "bad-format"},
		"no zone":        {func(f fstest.MapFS) { edit(f, "street.json", `Asia/Shanghai`, `Asia/Guanlan`) }, "street.json:2:30", "bad-zone"},
		"other crs":      {func(f fstest.MapFS) { edit(f, "street.json", `"format": 1,`, `"format": 1, "crs": "西安80",`) }, "street.json:2:16", "crs-transformation"},
		"bad window":     {func(f fstest.MapFS) { edit(f, "street.json", `08:00-12:00`, `12:00-08:00`) }, "street.json:4:13", "bad-windows"},
		"bad holidays":   {func(f fstest.MapFS) { edit(f, "street.json", `"cn"`, `"us"`) }, "street.json:4:56", "bad-holidays"},
		"missing column": {func(f fstest.MapFS) { edit(f, "events.csv", "matter,", "thing,") }, "events.csv:1", "missing-column"},
		"NUL bytes": {func(f fstest.MapFS) {
			set(f, "rights.csv", strings.Repeat("\x00", 64))
		}, "rights.csv:1:1", "nul"},
		"no parties": {func(f fstest.MapFS) { delete(f, "parties.csv") }, "parties.csv", "missing-list"},
		"no code": {func(f fstest.MapFS) {
			edit(f, "people.csv", "code,", "key,")
			set(f, "rosters.csv", "post,cycle,start,hours,people\nlead1,1d,2021-09-01,08:00-20:00,p1;p2\n")
		}, "people.csv:1", "missing-column"},
		"column twice, lines not": {func(f fstest.MapFS) { edit(f, "people.csv", "code,name", "code,name,name") }, "people.csv:1:11", "column-twice"},
		"column twice": {func(f fstest.MapFS) {
			edit(f, "people.csv", "code,name", "code,name,name")
			edit(f, "people.csv", "陈一", "陈一,陈二")
		}, "people.csv:1:11", "column-twice"},
		"cell count":           {func(f fstest.MapFS) { edit(f, "events.csv", "E2,", "E2,x,") }, "events.csv:3", "cell-count"},
		"bare quote":           {func(f fstest.MapFS) { edit(f, "parties.csv", "网格队", `网"格队`) }, "parties.csv:3:8", "csv-bare-quote"},
		"bad date":             {func(f fstest.MapFS) { edit(f, "events.csv", "2021-09-28 11:00", "2021-09-31 11:00") }, "events.csv:3:4", "bad-time"},
		"empty required":       {func(f fstest.MapFS) { edit(f, "events.csv", "2021-09-28 11:00", "") }, "events.csv:3:4", "empty-cell"},
		"NaN":                  {func(f fstest.MapFS) { edit(f, "events.csv", "114.03", "NaN") }, "events.csv:3:27", "bad-coordinate"},
		"infinite":             {func(f fstest.MapFS) { edit(f, "events.csv", "114.03", "1e999") }, "events.csv:3:27", "bad-coordinate"},
		"half a point":         {func(f fstest.MapFS) { edit(f, "events.csv", "114.03", "") }, "events.csv:3:27", "half-point"},
		"beyond the pole":      {func(f fstest.MapFS) { edit(f, "events.csv", "114.03,22.71", "114.03,95") }, "events.csv:3:34", "bad-coordinate"},
		"broken code":          {func(f fstest.MapFS) { edit(f, "events.csv", "E2,", "4.40309E+14,") }, "events.csv:3:1", "broken-code"},
		"bad code":             {func(f fstest.MapFS) { edit(f, "events.csv", "E2,", "E 2,") }, "events.csv:3:1", "bad-code"},
		"event twice":          {func(f fstest.MapFS) { edit(f, "events.csv", "E2,", "E1,") }, "events.csv:3:1", "duplicate"},
		"rule twice":           {func(f fstest.MapFS) { edit(f, "duties.csv", "R2,", "R1,") }, "duties.csv:3:1", "duplicate"},
		"party twice":          {func(f fstest.MapFS) { edit(f, "parties.csv", "squad,网", "squad,队,squad,station\nsquad,网") }, "parties.csv:4:1", "duplicate"},
		"unknown party":        {func(f fstest.MapFS) { edit(f, "duties.csv", "*,station", "*,nobody") }, "duties.csv:2:11", "unknown-party"},
		"unknown parent":       {func(f fstest.MapFS) { edit(f, "parties.csv", "squad,station\n", "squad,nobody\n") }, "parties.csv:3:17", "unknown-party"},
		"unknown post":         {func(f fstest.MapFS) { edit(f, "appointments.csv", "p1,lead1", "p1,lead9") }, "appointments.csv:2:4", "unknown-post"},
		"unknown person":       {func(f fstest.MapFS) { edit(f, "appointments.csv", "p1,", "p9,") }, "appointments.csv:2:1", "unknown-person"},
		"unknown area":         {func(f fstest.MapFS) { edit(f, "duties.csv", "lead1,G1", "lead1,G9") }, "duties.csv:3:21", "unknown-area"},
		"unknown matter":       {func(f fstest.MapFS) { edit(f, "duties.csv", "R2,lead,waste", "R2,lead,water") }, "duties.csv:3:9", "bad-rule"},
		"bad role":             {func(f fstest.MapFS) { edit(f, "duties.csv", "R2,lead", "R2,leader") }, "duties.csv:3:4", "bad-choice"},
		"bad budget":           {func(f fstest.MapFS) { edit(f, "duties.csv", "4wh", "4 hours") }, "duties.csv:3:24", "bad-budget"},
		"bad money":            {func(f fstest.MapFS) { edit(f, "funds.csv", "100.00", "100.001") }, "funds.csv:2:25", "bad-money"},
		"bad year":             {func(f fstest.MapFS) { edit(f, "funds.csv", "2021", "21") }, "funds.csv:2:20", "bad-number"},
		"fund of nobody":       {func(f fstest.MapFS) { edit(f, "funds.csv", "station", "nobody") }, "funds.csv:2:7", "unknown-party"},
		"closed before filing": {func(f fstest.MapFS) { set(f, "events.csv", "id,at,matter,closed_at\nE1,2021-09-28,waste,2021-09-27\n") }, "events.csv:2:21", "closed-before"},
		"duplicate area":       {func(f fstest.MapFS) { edit(f, "areas/grid.geojson", `"G2"`, `"G1"`) }, "areas/grid.geojson:3:1", "bad-area"},
		"missing parent":       {func(f fstest.MapFS) { edit(f, "areas/grid.geojson", `"parent":"NH"`, `"parent":"XX"`) }, "areas/grid.geojson:2:1", "bad-area"},
		"bow-tie": {func(f fstest.MapFS) {
			edit(f, "areas/grid.geojson", `[114.02,22.70],[114.02,22.72],[114,22.72]`, `[114.02,22.72],[114.02,22.70],[114,22.72]`)
		}, "areas/grid.geojson:2", "bad-area"},
		"NaN in a boundary": {func(f fstest.MapFS) { edit(f, "areas/grid.geojson", `[114.02,22.70]`, `[NaN,22.70]`) }, "areas/grid.geojson:2", ""},
		"unclosed quote":    {func(f fstest.MapFS) { edit(f, "parties.csv", "网格队", `"网格队`) }, "parties.csv:3", "csv-quote"},
		"lost zero": {func(f fstest.MapFS) {
			edit(f, "areas/grid.geojson", `"G2"`, `"0126"`)
			edit(f, "events.csv", "lng,lat", "lng,area")
			edit(f, "events.csv", "114.01,22.71", ",")
			edit(f, "events.csv", "114.03,22.71", ",126")
		}, "events.csv:3:28", "lost-zero"},
		"far future":      {func(f fstest.MapFS) { edit(f, "events.csv", "2021-09-28 11:00", "9999-12-31 11:00") }, "events.csv:3:4", "far-time"},
		"far command":     {func(f fstest.MapFS) { edit(f, "commands.jsonl", "2021-09-28 12:00", "9999-12-31 12:00") }, "commands.jsonl:1:2", "far-time"},
		"own key":         {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"k1"`, `"event:E1:file"`) }, "commands.jsonl:1:32", "reserved-key"},
		"malformed":       {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"case":"E1"`, `"case":"E 1"`) }, "commands.jsonl:1", "bad-command"},
		"key repeated":    {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"case":"E1"`, `"case":"E2","case":"E1"`) }, "commands.jsonl:1", "key-repeated"},
		"config repeated": {func(f fstest.MapFS) { edit(f, "street.json", `"format": 1,`, `"format": 1, "format": 1,`) }, "street.json:2:3", "key-repeated"},
		"config case":     {func(f fstest.MapFS) { edit(f, "street.json", `"format": 1,`, `"format": 1, "Strict": true,`) }, "street.json:2:16", "key-case"},
		"machine's zone":  {func(f fstest.MapFS) { edit(f, "street.json", "Asia/Shanghai", "Local") }, "street.json:2:30", "bad-zone"},
		"formula code":    {func(f fstest.MapFS) { edit(f, "events.csv", "E2,", "=E2,") }, "events.csv:3:1", "bad-code"},
		"empty file":      {func(f fstest.MapFS) { set(f, "events.csv", "") }, "events.csv:1:1", "empty-file"},
		"blank file":      {func(f fstest.MapFS) { set(f, "duties.csv", "\n\n") }, "duties.csv:1:1", "empty-file"},
		"truncated gzip": {func(f fstest.MapFS) {
			data := packed(f["events.csv"].Data)
			f["events.csv.gz"] = &fstest.MapFile{Data: data[:len(data)-6]}
			delete(f, "events.csv")
		}, "events.csv.gz", "bad-gzip"},
		"not text":        {func(f fstest.MapFS) { set(f, "people.csv", "code,name\np1,\xff\xff\n") }, "people.csv:2:4", "bad-encoding"},
		"unknown verb":    {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"ack"`, `"nod"`) }, "commands.jsonl:1:59", "unknown-verb"},
		"unknown machine": {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"desk"`, `"disk"`) }, "commands.jsonl:1:47", "unknown-machine"},
		"later machine":   {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"desk"`, `"marks"`) }, "commands.jsonl:1:47", "machine-later"},
		"unknown field":   {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"case"`, `"caze"`) }, "commands.jsonl:1", "unknown-field"},
		"command json":    {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"key":`, `"key"`) }, "commands.jsonl:1", "bad-json"},
		"no key":          {func(f fstest.MapFS) { edit(f, "commands.jsonl", `"key":"k1",`, ``) }, "commands.jsonl:1", "missing-key"},
		"key twice": {func(f fstest.MapFS) {
			set(f, "commands.jsonl", string(f["commands.jsonl"].Data)+string(f["commands.jsonl"].Data))
		}, "commands.jsonl:2", "duplicate-key"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := smallFolder()
			c.spoil(folder)
			f, err := street.Load(folder, options)
			require.Nil(t, f)
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			require.Len(t, load.Faults, 1, "%v", err)
			require.True(t, strings.HasPrefix(load.Faults[0].Place(), c.place), "%s\nwant it at %s", load.Faults[0], c.place)
			if c.code != "" {
				require.Equal(t, c.code, load.Faults[0].Code, "%s", load.Faults[0])
			}
			require.NotEqual(t, load.Faults[0].Text("en"), load.Faults[0].Text("zh"), "both languages")
		})
	}
}

// TestAllFaultsAreToldAtOnce spoils several files and wants every fault.
func TestAllFaultsAreToldAtOnce(t *testing.T) {
	folder := smallFolder()
	edit(folder, "street.json", "Asia/Shanghai", "Asia/Guanlan")
	edit(folder, "events.csv", "114.03", "NaN")
	edit(folder, "events.csv", "2021-09-28 10:00", "soon")
	edit(folder, "funds.csv", "100.00", "1e2")
	edit(folder, "commands.jsonl", `"ack"`, `"nod"`)
	edit(folder, "people.csv", "p1,", "p 1,")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var places []string
	for _, f := range load.Faults {
		places = append(places, f.Place())
	}
	require.Equal(t, []string{"commands.jsonl:1:59", "events.csv:2:4", "events.csv:3:27", "funds.csv:2:25", "people.csv:2:1", "street.json:2:30"}, places)
}

// TestOneFaultHidesNoOther keeps references checked when what they refer to is at
// fault elsewhere.
func TestOneFaultHidesNoOther(t *testing.T) {
	folder := smallFolder()
	edit(folder, "areas/grid.geojson", `[114.02,22.70],[114.02,22.72],[114,22.72]`, `[114.02,22.72],[114.02,22.70],[114,22.72]`)
	edit(folder, "parties.csv", "squad,网格队,squad,station", "squad,网格队,,station")
	edit(folder, "duties.csv", "R2,lead,waste,lead1,G1,4wh", "R2,lead,waste,nobody,G9,4 hours")
	edit(folder, "funds.csv", "station", "nobody")
	edit(folder, "events.csv", "lng,lat", "lng,area")
	edit(folder, "events.csv", "114.01,22.71", ",G1")
	edit(folder, "events.csv", "114.03,22.71", ",G9")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var got []string
	for _, f := range load.Faults {
		got = append(got, f.Code+" "+f.Place())
	}
	require.Equal(t, []string{
		"bad-area areas/grid.geojson:2:117", "unknown-party duties.csv:3:15", "unknown-area duties.csv:3:22",
		"bad-budget duties.csv:3:25", "unknown-area events.csv:3:28", "unknown-party funds.csv:2:7", "empty-cell parties.csv:3:11",
	}, got)
}

// TestFaultsOfTheConfigHideNoOther: values of the wrong kind and limits that are none are
// told together, with what is wrong elsewhere, each at its value or key.
func TestFaultsOfTheConfigHideNoOther(t *testing.T) {
	folder := smallFolder()
	edit(folder, "street.json", `"format": 1,`, `"format": "\"1", "attribution": 5, "counts": "close",
  "policy": {"close": "1 day", "reopen": 3, "duplicates": "maybe", "reworks": 900},`)
	edit(folder, "street.json", `08:00-12:00`, `12:00-08:00`)
	edit(folder, "duties.csv", "4wh", "4 hours")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var got []string
	for _, f := range load.Faults {
		got = append(got, f.Code+" "+f.Place())
		require.NotRegexp(t, `[A-Za-z]+ (is|are|not) `, f.Text("zh"))
	}
	require.Equal(t, []string{
		"bad-budget duties.csv:3:24", "bad-type.number street.json:2:13", "bad-type.text street.json:2:35", "bad-type.list street.json:2:48",
		"bad-budget street.json:3:14", "bad-budget street.json:3:32", "bad-choice street.json:3:45", "bad-number street.json:3:68",
		"bad-windows street.json:5:13",
	}, got)
}

// TestHopelessPointsAreCounted: a file of refused points is told as one of any
// other faults, the first ones and the number of the rest.
func TestHopelessPointsAreCounted(t *testing.T) {
	folder := smallFolder()
	var b strings.Builder
	b.WriteString("id,at,matter,lng,lat\n")
	const n = 12 * street.FindingsMax
	for i := range n {
		fmt.Fprintf(&b, "E%d,2021-09-28 10:00,waste,114.01,95\n", i)
	}
	set(folder, "events.csv", b.String())
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Len(t, load.Faults, street.FindingsMax)
	require.Equal(t, n-street.FindingsMax, load.Left)
}

func TestOldSpreadsheetsLineEnds(t *testing.T) {
	folder := smallFolder()
	set(folder, "events.csv", strings.ReplaceAll(string(folder["events.csv"].Data), "\n", "\r"))
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Len(t, f.Events, 2)
	require.Equal(t, 3, f.Events[1].Line)
}

func TestBeyondThePublishedYearsIsSaidAndLived(t *testing.T) {
	folder := smallFolder()
	edit(folder, "events.csv", "2021-09-28 11:00", "2026-12-31 11:00")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Empty(t, f.Findings, "2026 is published")
	s, err := street.Open(context.Background(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(context.Background(), f.Latest(), nil), "a due in 2027 follows the week")
	c, ok := s.Case("E2")
	require.True(t, ok)
	require.True(t, c.Provisional)
	edit(folder, "events.csv", "2026-12-31 11:00", "2027-01-04 11:00")
	f, err = street.Load(folder, options)
	require.NoError(t, err)
	require.Equal(t, "horizon", f.Findings[0].Code)
}

// TestFaultsOfALoadAreCapped proves that a hopeless file costs neither memory nor
// a flood of lines, and that nothing is hidden: the rest is counted.
func TestFaultsOfALoadAreCapped(t *testing.T) {
	folder := smallFolder()
	var b strings.Builder
	b.WriteString("id,at,matter\n")
	for i := range 5_000 {
		fmt.Fprintf(&b, "E%d,never,waste\n", i)
	}
	set(folder, "events.csv", b.String())
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Len(t, load.Faults, street.FindingsMax)
	require.Equal(t, 5_000-street.FindingsMax, load.Left)
}

func TestSwappedColumnsAreOneFault(t *testing.T) {
	folder := smallFolder()
	set(folder, "events.csv", "id,at,matter,lng,lat\nE1,2021-09-28,waste,22.71,114.01\nE2,2021-09-28,light,22.71,114.03\n")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Len(t, load.Faults, 1)
	require.Equal(t, "swapped", load.Faults[0].Code)
	require.Equal(t, "events.csv:2:21", load.Faults[0].Place())
}

func TestEncodingsAndPackingAreTheSameFolder(t *testing.T) {
	plain, err := street.Load(smallFolder(), options)
	require.NoError(t, err)

	gb := smallFolder()
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes(gb["parties.csv"].Data)
	require.NoError(t, err)
	gb["parties.csv"].Data = data
	gb["events.csv.gz"] = &fstest.MapFile{Data: packed(gb["events.csv"].Data)}
	delete(gb, "events.csv")
	gb["matters.csv"].Data = append([]byte("\ufeff"), gb["matters.csv"].Data...)
	set(gb, "duties.csv", "编号,角色,事项,单位,区域,时限\nR1,主办,*,station,*,2wd\nR2,主办,waste,lead1,G1,4wh\nR3,协办,waste,station,,\n")

	same, err := street.Load(gb, options)
	require.NoError(t, err)
	require.Equal(t, plain.Directory.Hash(), same.Directory.Hash())
	require.Equal(t, plain.List.Hash(), same.List.Hash())
	require.Equal(t, plain.Events, same.Events)
	name := "parties.csv"
	p, _ := same.Directory.Party("squad")
	require.Equal(t, "网格队", p.Name, name)
}

func TestWhatIsNotReadIsSaid(t *testing.T) {
	folder := smallFolder()
	set(folder, "measures.csv", "matter,condition,limit\n")
	set(folder, "notes.csv", "a\n")
	edit(folder, "events.csv", "lng,lat", "lng,colour")
	edit(folder, "events.csv", "114.01,22.71", ",")
	edit(folder, "events.csv", "114.03,22.71", ",")
	edit(folder, "funds.csv", "amount\nF1,专项,station,park,2021,100.00", "amount,ceiling\nF1,专项,station,park,2021,100.00,1")
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "colour": 1,`)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	var got []string
	for _, x := range f.Findings {
		require.Equal(t, street.Warning, x.Level)
		got = append(got, x.Code+" "+x.Place())
	}
	slices.Sort(got)
	require.Equal(t, []string{
		"column-later funds.csv:1:37", "file-later measures.csv",
		"unknown-column events.csv:1:18", "unknown-file notes.csv", "unknown-key street.json:2:16",
	}, got)
}

func TestUnknownPartyIsAnErrorOfACheck(t *testing.T) {
	folder := smallFolder()
	edit(folder, "duties.csv", "R3,assist,waste,station", "R3,assist,waste,nobody")
	tolerant := options
	tolerant.Tolerant = true
	f, err := street.Load(folder, tolerant)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(f.Findings, func(x street.Finding) bool {
		return x.Level == street.Error && x.Code == "unknown-party" && x.Place() == "duties.csv:4:17"
	}), "%v", f.Findings)
}

func TestLoadNeedsAZoneFinder(t *testing.T) {
	_, err := street.Load(smallFolder(), street.LoadOptions{})
	require.ErrorIs(t, err, street.ErrOptions)
	_, err = street.Load(nil, options)
	require.ErrorIs(t, err, street.ErrOptions)
}

// FuzzLoad puts any bytes into any file of a folder, in WGS84 or another system:
// Load, auditing, answers a folder or faults with places, and never panics.
func FuzzLoad(f *testing.F) {
	names := []string{
		"street.json", "areas/grid.geojson", "parties.csv", "people.csv", "posts.csv", "appointments.csv",
		"matters.csv", "duties.csv", "events.csv", "funds.csv", "commands.jsonl", "addresses.csv", "calendar.csv",
	}
	for i, name := range names {
		if file, ok := smallFolder()[name]; ok {
			f.Add(uint(i), file.Data)
			f.Add(uint(i+len(names)), file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, which uint, data []byte) {
		folder := smallFolder()
		if which/uint(len(names))%2 == 1 {
			edit(folder, "street.json", `"format": 1,`, `"format": 1, "crs": "BD09",`)
		}
		set(folder, names[which%uint(len(names))], string(data))
		asked := options
		asked.Audit = true
		loaded, err := street.Load(folder, asked)
		if (err == nil) != (loaded != nil) {
			t.Fatal("either a folder or an error")
		}
		var load *street.LoadError
		if errors.As(err, &load) {
			for _, x := range load.Faults {
				if x.File == "" || x.Text("en") == "" {
					t.Fatalf("a fault without its file or text: %+v", x)
				}
			}
		}
	})
}

// TestNamesAreCheckedBesideOtherFaults: a row that names nobody is told though another
// row keeps the Directory from being built, and once; in Chinese with the column and the
// values as the file writes them.
func TestNamesAreCheckedBesideOtherFaults(t *testing.T) {
	folder := smallFolder()
	set(folder, "people.csv", "编码,姓名,所属单位\np1,陈一,squat\np2,陈二,squad\n")
	set(folder, "posts.csv", "编码,名称,单位,角色,副职\nlead1,组长,squad,chief,lead2\nlead3,组员,lead1,member,\n")
	set(folder, "appointments.csv", "人员,岗位,类型,开始\np1,lead9,常驻,2021-01-01\np9,lead1,借调,2021-01-01\n")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var zh, en []string
	for _, f := range load.Faults {
		if !strings.HasPrefix(f.File, "duties") {
			zh, en = append(zh, f.Place()+" "+f.Text("zh")), append(en, f.Text("en"))
		}
	}
	require.Equal(t, []string{
		"appointments.csv:2:4 岗位的值lead9不在posts.csv中", "appointments.csv:3:1 人员的值p9不在people.csv中",
		"appointments.csv:3:10 类型的值借调不在可选值内：常驻、机动、兼职、志愿", "people.csv:2:7 所属单位的值squat不在parties.csv或posts.csv中",
		"posts.csv:2:22 副职的值lead2不在posts.csv中", "posts.csv:3:10 单位的值lead1不在parties.csv或posts.csv中",
	}, zh)
	edit(folder, "people.csv", "p2,", "p 2,")
	_, err = street.Load(folder, options)
	require.ErrorAs(t, err, &load)
	for _, f := range load.Faults {
		require.NotEqual(t, "appointments.csv:3:1", f.Place(), "p9 may be whoever p 2 was to be")
	}
	require.Equal(t, "post lead9 is not in posts.csv", en[0])
	require.Equal(t, "kind 借调 is none of resident, mobile, part-time, volunteer", en[2])
}

// TestCausesInChinese: what another package refuses is told in Chinese, too.
func TestCausesInChinese(t *testing.T) {
	folder := smallFolder()
	edit(folder, "street.json", `"08:00-12:00", "14:00-18:00"`, `"08:00-12:00", "11:00-18:00"`)
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Len(t, load.Faults, 1)
	require.Equal(t, "street.json:4:13 工作时间有误：时段重叠", load.Faults[0].Place()+" "+load.Faults[0].Text("zh"))
	require.Contains(t, load.Faults[0].Text("en"), "overlaps the window")
}
