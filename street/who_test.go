package street_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/track"
	"github.com/gridgov/gridgov/street"
)

// wholeFolder is smallFolder with everything that says who: a layer of buildings
// and streets, another hierarchy, rights, registrations, premises.
func wholeFolder() fstest.MapFS {
	f := smallFolder()
	edit(f, "street.json", `"format": 1,`, `"format": 1, "layers": [{"name": "roads", "file": "layers/roads.geojson", "classes": ["main", "lane"]}, {"name": "houses", "file": "layers/houses.geojson"}], "hierarchies": [{"name": "service", "file": "areas/service.csv"}],`)
	set(f, "layers/roads.geojson", `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"R1","class":"lane","party":"station","width_m":6},"geometry":{"type":"LineString","coordinates":[[114.00,22.71],[114.04,22.71]]}},
{"type":"Feature","properties":{"编码":"R2","类别":"main","宽度":30,"开始":"2021-09-28 10:30"},"geometry":{"type":"LineString","coordinates":[[114.03,22.70],[114.03,22.72]]}}
]}`)
	set(f, "layers/houses.geojson", `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"H25","class":"rental"},"geometry":{"type":"Polygon","coordinates":[[[114.005,22.705],[114.006,22.705],[114.006,22.706],[114.005,22.706],[114.005,22.705]]]}}
]}`)
	set(f, "areas/service.csv", "code,parent,level,name\nS,,station,服务站\nG1,S,grid,\nG2,S,grid,\n")
	set(f, "people.csv", "code,name,phone,consent\np1,陈一,138 0000 1234,\np2,林二,13900005678,是\n")
	set(f, "posts.csv", "code,name,party,role,area,limit,duties_text\nlead1,牵头人,squad,lead,G1,2000.00,走访\ncaptain,楼栋长,squad,captain,houses:H25,,\n")
	set(f, "appointments.csv", "person,post,kind,from\np1,lead1,resident,2021-01-01\np2,captain,volunteer,2021-01-01\n")
	set(f, "rights.csv", "权利人,权限,范围,开始\nlead1,统一指挥,G1,2021-01-01\nstation,approve,squad,\n")
	set(f, "registrations.csv", "person,area,kind,branch\np1,G1,报到,第一支部\np1,G2,membership,\np2,G1,report-in,\n")
	set(f, "facilities.csv", "code,party,kind,area_m2\nA,station,办公用房,250\n")
	set(f, "groups.csv", "编码,名称,任务,组长,成员,开始,结束\nflood,防汛组,三防,p1,p1；p2,2021-09-28,2021-09-30\n")
	set(f, "fields.csv", "编码,采集单位,开始,结束\nresidents,squad,,2021-09-28\nresidents,station,2021-09-28,\n")
	return f
}

func TestWhoIsLoaded(t *testing.T) {
	f, err := street.Load(wholeFolder(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	at := time.Date(2021, 9, 28, 4, 0, 0, 0, time.UTC)
	d := f.Directory
	p, _ := d.Person("p1")
	require.Equal(t, "*** **** **34", p.Phone, "masked")
	p, _ = d.Person("p2")
	require.Equal(t, "13900005678", p.Phone, "by consent")
	post, _ := d.Post("lead1")
	require.Equal(t, int64(200_000), post.Limit)
	require.Equal(t, "走访", post.Duties)
	who, ok := d.Captain(party.Place{Layer: "houses", Feature: "H25"}, at)
	require.True(t, ok)
	require.Equal(t, street.Code("p2"), who)
	require.True(t, d.Allows("p1", "lead1", "command", "G1", at))
	require.False(t, d.Allows("p1", "lead1", "command", "G2", at))
	require.Equal(t, 2, d.Registered("NH", party.ReportIn, at))
	require.Equal(t, 1, d.Registered("NH", party.Membership, at))
	require.True(t, d.InGroup("p2", "flood", at))
	require.False(t, d.InGroup("p2", "flood", at.AddDate(0, 0, 2)), "it has ended")
	require.True(t, d.MayCollect("residents", "station", at).OK)
	require.Equal(t, "collected", d.MayCollect("residents", "committee", at).Why)
	for x := range d.Facilities("station", at) {
		require.Equal(t, party.Facility{Code: "A", Party: "station", Kind: "office", SquareMeters: 250}, x)
	}
	service, ok := f.Hierarchies.Lookup("service")
	require.True(t, ok)
	require.Equal(t, "service", service.Name())
}

// An event takes the first class of each layer at its point, of the features that
// are there at its instant.
func TestEventsTakeTheClassesOfTheirPlace(t *testing.T) {
	folder := wholeFolder()
	set(folder, "events.csv", "id,at,matter,lng,lat\nE1,2021-09-28 10:00,waste,114.03,22.71\nE2,2021-09-28 10:30,waste,114.03,22.71\nE3,2021-09-28 10:30,waste,114.0055,22.7055\nE4,2021-09-28 10:30,waste,114.02,22.715\n")
	set(folder, "duties.csv", "id,role,matter,party,class,budget\nM,lead,*,station,roads=main,2wd\nL,lead,*,squad,roads=lane,2wd\nH,lead,*,lead1,houses=rental,2wd\nX,lead,*,station,,3wd\n")
	delete(folder, "commands.jsonl")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	var rules []street.Code
	for r := range s.Rows(f.Latest()) {
		rules = append(rules, r.Rule)
	}
	require.Equal(t, []street.Code{"L", "M", "H", "X"}, rules)
}

func TestFaultsOfWhoHaveTheirPlace(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(f fstest.MapFS)
		place string
		code  string
	}{
		"layer without a file":  {func(f fstest.MapFS) { edit(f, "street.json", `"file": "layers/houses.geojson"`, `"file": ""`) }, "street.json:2:16", "bad-layer"},
		"layer missing":         {func(f fstest.MapFS) { delete(f, "layers/roads.geojson") }, "layers/roads.geojson", "missing-file"},
		"layer without a class": {func(f fstest.MapFS) { edit(f, "layers/roads.geojson", `"class":"lane",`, ``) }, "layers/roads.geojson:2:1", "empty-cell"},
		"layer code":            {func(f fstest.MapFS) { edit(f, "layers/roads.geojson", `"R1"`, `"R 1"`) }, "layers/roads.geojson:2:33", "bad-code"},
		"layer time":            {func(f fstest.MapFS) { edit(f, "layers/roads.geojson", `2021-09-28`, `2021-09-31`) }, "layers/roads.geojson:3:63", "bad-time"},
		"layer width":           {func(f fstest.MapFS) { edit(f, "layers/roads.geojson", `"width_m":6`, `"width_m":"a"`) }, "layers/roads.geojson:2:78", "bad-metres"},
		"no width":              {func(f fstest.MapFS) { edit(f, "layers/roads.geojson", `,"width_m":6`, ``) }, "layers/roads.geojson:2:1", "bad-overlay"},
		"layer twice":           {func(f fstest.MapFS) { edit(f, "street.json", `"name": "houses"`, `"name": "roads"`) }, "street.json:2:16", "bad-overlay"},
		"hierarchy missing":     {func(f fstest.MapFS) { delete(f, "areas/service.csv") }, "areas/service.csv", "missing-file"},
		"hierarchy lacks a leaf": {func(f fstest.MapFS) { edit(f, "areas/service.csv", "G2,S,grid,\n", "") },
			"areas/service.csv", "bad-overlay"},
		"hierarchy parent":    {func(f fstest.MapFS) { edit(f, "areas/service.csv", "G2,S", "G2,T") }, "areas/service.csv:4:1", "bad-overlay"},
		"unknown layer":       {func(f fstest.MapFS) { edit(f, "posts.csv", "houses:H25", "parks:H25") }, "posts.csv:3:27", "unknown-building"},
		"unknown building":    {func(f fstest.MapFS) { edit(f, "posts.csv", "houses:H25", "houses:H26") }, "posts.csv:3:27", "unknown-building"},
		"bad limit":           {func(f fstest.MapFS) { edit(f, "posts.csv", "2000.00", "2000.001") }, "posts.csv:2:25", "bad-money"},
		"unknown holder":      {func(f fstest.MapFS) { edit(f, "rights.csv", "lead1", "lead9") }, "rights.csv:2:1", "unknown-party"},
		"unknown right":       {func(f fstest.MapFS) { edit(f, "rights.csv", "统一指挥", "统一") }, "rights.csv:2:7", "bad-choice"},
		"empty right":         {func(f fstest.MapFS) { edit(f, "rights.csv", "统一指挥", "") }, "rights.csv:2:7", "empty-cell"},
		"unknown scope":       {func(f fstest.MapFS) { edit(f, "rights.csv", "G1", "G9") }, "rights.csv:2:12", "unknown-scope"},
		"registered nobody":   {func(f fstest.MapFS) { edit(f, "registrations.csv", "p2,G1", "p9,G1") }, "registrations.csv:4:1", "unknown-person"},
		"registered nowhere":  {func(f fstest.MapFS) { edit(f, "registrations.csv", "p2,G1", "p2,G9") }, "registrations.csv:4:4", "unknown-area"},
		"registered somehow":  {func(f fstest.MapFS) { edit(f, "registrations.csv", "report-in", "visit") }, "registrations.csv:4:7", "bad-choice"},
		"facility of nobody":  {func(f fstest.MapFS) { edit(f, "facilities.csv", "station", "nobody") }, "facilities.csv:2:3", "unknown-party"},
		"facility of no size": {func(f fstest.MapFS) { edit(f, "facilities.csv", "250", "-1") }, "facilities.csv:2:16", "bad-amount"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := wholeFolder()
			c.spoil(folder)
			_, err := street.Load(folder, options)
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			require.Len(t, load.Faults, 1, "%v", err)
			require.Equal(t, c.place+" "+c.code, load.Faults[0].Place()+" "+load.Faults[0].Code)
		})
	}
}

// Structure rules come from presets and structure.json; each break says where and
// since when.
func TestStructureIsAudited(t *testing.T) {
	folder := wholeFolder()
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "structure": ["part-time"],`)
	set(folder, "structure.json", `{"rules": [
  {"id": "lead", "role": "lead", "per": "area:网格", "count": 1},
  {"id": "size", "kind": "facilities", "parties": "station", "facilities": "office", "square_meters": 250}
]}`)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	var got []string
	for _, x := range f.AuditStructure(time.Date(2021, 9, 28, 4, 0, 0, 0, time.UTC)) {
		require.Equal(t, street.Warning, x.Level)
		got = append(got, x.Text("zh"))
	}
	require.Equal(t, []string{"lead：G2：任lead的人数为0，应不少于1"}, got)
	set(folder, "structure.json", `{"rules": [
  {"id": "lead", "role": "lead", "per": "area:网格", "count": -1},
  {"id": "lead", "role": "lead", "per": "nowhere", "count": 1}
]}`)
	edit(folder, "street.json", `["part-time"]`, `{"presets": ["1+2"]}`)
	_, err = street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var places []string
	for _, x := range load.Faults {
		places = append(places, x.Place()+" "+x.Code)
	}
	require.Equal(t, []string{
		"street.json:2:16 unknown-preset", "structure.json:2:61 bad-rule", "structure.json:3:10 bad-rule", "structure.json:3:41 bad-rule",
	}, places)
	require.Equal(t, []string{
		"structure.json:2:61: 规则lead：count：数量须不小于0，且上限不小于下限",
		"structure.json:3:10: 规则lead：id：编号重复",
		"structure.json:3:41: 规则lead：per：此类规则不能按这种单元核查（nowhere）",
	}, strings.Split(load.Text("zh"), "\n")[1:])
	require.Equal(t, "structure.json:3:10: rule lead: id: id is used twice", load.Faults[2].String())
}

// Rosters and their exceptions are read, and OnDuty answers by them.
func TestRostersAreRead(t *testing.T) {
	folder := wholeFolder()
	set(folder, "posts.csv", "code,name,party,role,area,deputy\nlead1,牵头人,squad,lead,G1,stand-in\nstand-in,副手,squad,lead,G1,\nnight,值班,squad,duty-officer,,\n")
	set(folder, "appointments.csv", "person,post,kind,from\np1,lead1,resident,2021-01-01\n")
	set(folder, "rosters.csv", "岗位,周期,日期,开始日期,时间,人员\nlead1,1,Mon-Fri,2021-09-27,08:00-12:00;14:00-18:00,p1;p2\nnight,1d,,2021-09-27,20:00-08:00,p2+p1;p1\n")
	set(folder, "exceptions.csv", "post,date,kind,person,with\nlead1,2021-09-28,替班,p2,p1\n*,2021-09-29,leave,p1,\nlead1,2021-10-02,remove,p1,\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	var said []string
	for _, x := range f.Findings {
		said = append(said, x.String())
	}
	require.Equal(t, []string{
		"exceptions.csv:4:25: 2021-10-02 00:00: remove of p1 on lead1 matches no shift",
		"rosters.csv:2:52: p2 is on the rotation of post lead1 and is never appointed to it",
		"rosters.csv:3:34: p1 is on the rotation of post night and is never appointed to it",
		"rosters.csv:3:34: p2 is on the rotation of post night and is never appointed to it",
	}, said)
	at := func(day, hour int) time.Time { return time.Date(2021, 9, day, hour, 0, 0, 0, f.Zone) }
	for _, c := range []struct {
		at   time.Time
		want party.Code
		why  string
	}{
		{at(27, 9), "p1", party.DutyOnShift}, {at(28, 9), "p1", party.DutyOnShift}, {at(29, 9), "", party.DutyOffice},
		{at(30, 9), "p2", party.DutyOnShift}, {at(27, 21), "p2", party.DutyOnShift}, {at(28, 21), "p1", party.DutyOnShift},
	} {
		got := f.Directory.OnDuty("lead1", c.at)
		require.Equal(t, c.want, got.Person, c.at)
		require.Equal(t, c.why, got.Steps[len(got.Steps)-1].Why, c.at)
	}
	for name, c := range map[string]struct {
		file, old, new, place, code string
	}{
		"turn":    {"rosters.csv", "lead1,1,", "lead1,x,", "rosters.csv:2:7", "bad-turn"},
		"days":    {"rosters.csv", "Mon-Fri", "Monday-", "rosters.csv:2:9", "bad-days"},
		"hours":   {"rosters.csv", "20:00-08:00", "20-8", "rosters.csv:3:22", "bad-windows"},
		"start":   {"rosters.csv", ",,2021-09-27", ",,2021-09-31", "rosters.csv:3:11", "bad-date"},
		"overlap": {"rosters.csv", "14:00-18:00", "11:00-18:00", "rosters.csv:2:28", "bad-entry"},
		"post":    {"rosters.csv", "night,", "nights,", "rosters.csv:3:1", "unknown-post"},
		"kind":    {"exceptions.csv", "remove", "off", "exceptions.csv:4:18", "bad-choice"},
		"with":    {"exceptions.csv", "p2,p1", "p2,p2", "exceptions.csv:2:24", "bad-entry"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := wholeFolder()
			for file, data := range folder {
				bad[file] = data
			}
			edit(bad, c.file, c.old, c.new)
			_, err := street.Load(bad, options)
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			require.Len(t, load.Faults, 1, "%v", err)
			require.Equal(t, c.place+" "+c.code, load.Faults[0].Place()+" "+load.Faults[0].Code)
		})
	}
}

// Positions of people on shift are taken in, of others nothing.
func TestPositionsAreFollowed(t *testing.T) {
	folder := wholeFolder()
	set(folder, "rosters.csv", "post,start,hours,people\nlead1,2021-09-27,08:00-12:00,p1\n")
	set(folder, "positions.csv", "人员,时间,经度,纬度,精度\np1,2021-09-28 09:00,114.01,22.71,5\np1,2021-09-28 12:00,114.01,22.71,\np2,2021-09-28 09:00,114.01,22.71,\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	at := time.Date(2021, 9, 28, 9, 1, 0, 0, f.Zone)
	tracker, verdicts, err := f.Tracker(at.Add(4*time.Hour), track.Options{})
	require.NoError(t, err)
	require.Equal(t, map[track.Verdict]int{track.Accepted: 1, track.OffDuty: 2}, verdicts)
	_, ok := tracker.Position("p1", at)
	require.True(t, ok)
	require.Equal(t, 1, tracker.People())
	edit(folder, "positions.csv", "p2,", "p9,")
	edit(folder, "positions.csv", "12:00,114.01", "12:00,")
	_, err = street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var places []string
	for _, x := range load.Faults {
		places = append(places, x.Place()+" "+x.Code)
	}
	require.Equal(t, []string{"positions.csv:3:21 empty-cell", "positions.csv:4:1 unknown-person"}, places)
}

// A street without a single party still loads, lives and answers what is missing.
func TestStreetWithoutParties(t *testing.T) {
	folder := smallFolder()
	for _, n := range []string{"parties.csv", "people.csv", "posts.csv", "appointments.csv", "duties.csv", "commands.jsonl", "funds.csv"} {
		delete(folder, n)
	}
	set(folder, "structure.json", `{"rules":[{"id":"lead","role":"lead","per":"area:网格","count":1}]}`)
	set(folder, "households.csv", "code,area,class\nh1,G1,key\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Len(t, f.AuditStructure(f.Latest()), 2)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	n, err := s.Notice(t.Context(), "G1", f.Latest())
	require.NoError(t, err)
	require.False(t, n.Publishable())
}

// A fault of the areas hides none of a roster or of offers.
func TestFaultsOfWhoAreNotHidden(t *testing.T) {
	folder := wholeFolder()
	set(folder, "areas/grid.geojson", string(folder["areas/grid.geojson"].Data)+"]")
	set(folder, "rosters.csv", "post,start,hours,people\nlead1,2021-09-28,11:00-13:00;12:00-14:00,p1\n")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var files []string
	for _, x := range load.Faults {
		files = append(files, x.File)
	}
	require.Contains(t, files, "areas/grid.geojson")
	require.Contains(t, files, "rosters.csv")
}
