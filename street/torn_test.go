package street_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/street"
)

// faultsOf is what keeps a folder from loading, as "code place", sorted by place.
func faultsOf(t *testing.T, f fstest.MapFS) (list []string, load *street.LoadError) {
	t.Helper()
	_, err := street.Load(f, options)
	require.ErrorAs(t, err, &load)
	for _, x := range load.Faults {
		list = append(list, x.Code+" "+x.Place())
		require.NotEqual(t, x.Text("en"), x.Text("zh"), "both languages")
	}
	return list, load
}

// TestOneCellHidesNoReference: a cell that cannot be read leaves the other lines of its
// file, and of those beside it, to be judged.
func TestOneCellHidesNoReference(t *testing.T) {
	for name, c := range map[string]struct {
		folder func() fstest.MapFS
		spoil  func(f fstest.MapFS)
		want   []string
	}{
		"coordinate, parent and code": {smallFolder, func(f fstest.MapFS) {
			third := strings.Split(string(f["areas/grid.geojson"].Data), "\n")[2]
			twin := strings.Replace(strings.Replace(third, `"parent":"NH"`, `"parent":"XX"`, 1), `"G2"`, `"G3"`, 1)
			set(f, "areas/grid.geojson", strings.Replace(string(f["areas/grid.geojson"].Data), third, third+",\n"+third+",\n"+twin, 1))
			edit(f, "areas/grid.geojson", "[114.02,22.70]", `["x",22.70]`)
		}, []string{"coordinates areas/grid.geojson:2:130", "bad-area areas/grid.geojson:4:1", "bad-area areas/grid.geojson:5:1"}},
		"coordinate of the community": {smallFolder, func(f fstest.MapFS) {
			edit(f, "areas/community.geojson", "[114.04,22.70]", `["x",22.70]`)
			edit(f, "duties.csv", "4wh", "4 hours")
		}, []string{"coordinates areas/community.geojson:2:121", "bad-budget duties.csv:3:24"}},
		"limit, season and name": {standardFolder, func(f fstest.MapFS) {
			edit(f, "standards.csv", "路灯,2wd", "路灯,2x")
			edit(f, "standards.csv", "灯杆倒", "路灯")
			edit(f, "standards.csv", "photo;video,", "photo;video,02-30..x")
		}, []string{"bad-budget standards.csv:2:11", "bad-standard standards.csv:3:17", "bad-standard standards.csv:3:38"}},
		"matters that are none": {standardFolder, func(f fstest.MapFS) {
			edit(f, "standards.csv", "light,,路灯", "a b,,路灯")
			edit(f, "standards.csv", "waste,,垃圾", "c d,,垃圾")
		}, []string{"bad-code standards.csv:2:1", "bad-code standards.csv:4:1"}},
		"date, circles and area": {smallFolder, func(f fstest.MapFS) {
			set(f, "parties.csv", "code,name,kind,parent\nstation,社区工作站,station,squad\nsquad,网格队,squad,station\n")
			set(f, "posts.csv", "code,name,party,role,area,deputy\nlead1,牵头人,squad,lead,G9,lead2\nlead2,副,squad,lead,,lead1\n")
			edit(f, "appointments.csv", "2021-01-01", "2021-13-01")
		}, []string{"bad-time appointments.csv:2:19", "cycle parties.csv:2:23", "cycle parties.csv:3:17", "unknown-area posts.csv:2:22", "cycle posts.csv:2:25", "cycle posts.csv:3:21"}},
		"date and two masters": {everyParty, func(f fstest.MapFS) {
			edit(f, "fields.csv", "2021-09-28", "2021-09-31")
		}, nil},
		"outcome twice": {smallFolder, func(f fstest.MapFS) {
			set(f, "matters.csv", "code,name,outcomes\nwaste,垃圾,a;a\nwaste.missed,漏收,b;b\nlight,路灯,\nlight,灯,\n")
			edit(f, "duties.csv", "R2,lead,waste", "R2,lead,water")
			edit(f, "funds.csv", "station", "nobody")
		}, []string{"bad-rule duties.csv:3:9", "unknown-party funds.csv:2:7", "bad-matter matters.csv:2:10", "bad-matter matters.csv:3:17", "bad-matter matters.csv:5:1"}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := c.folder()
			c.spoil(folder)
			got, load := faultsOf(t, folder)
			if c.want == nil {
				require.Len(t, got, 1, "%v", load)
				return
			}
			require.Equal(t, c.want, got, "%v", load)
		})
	}
}

// TestATornFileIsOneFault takes, of each file of three folders, the name of each required
// column, its contents or the whole file, or gives a column twice: what follows from it
// elsewhere is not told.
func TestATornFileIsOneFault(t *testing.T) {
	for n, folder := range []func() fstest.MapFS{everyParty, ladderFolder, standardFolder} {
		for name := range folder() {
			if !strings.HasSuffix(name, ".csv") {
				continue
			}
			text := string(folder()[name].Data)
			head, rest, _ := strings.Cut(text, "\n")
			columns := strings.Split(head, ",")
			for i := range columns {
				if n > 0 && i > 0 {
					break // one column of each will do
				}
				renamed := append([]string{}, columns...)
				renamed[i] = "colour"
				f := folder()
				set(f, name, strings.Join(renamed, ",")+"\n"+rest)
				if _, err := street.Load(f, options); err != nil && strings.Contains(err.Error(), "is missing (other names") {
					got, load := faultsOf(t, f)
					require.Equal(t, []string{"missing-column " + name + ":1"}, got, "%v", load)
				}
				again := append(append(append([]string{}, columns[:i+1]...), columns[i]), columns[i+1:]...)
				set(f, name, strings.Join(again, ",")+"\n"+rest)
				got, load := faultsOf(t, f)
				require.Len(t, got, 1, "%v", load)
				require.Contains(t, got[0], "column-twice "+name+":1:", "%v", load)
			}
			f := folder()
			set(f, name, strings.Repeat("\x00", len(text)))
			got, load := faultsOf(t, f)
			require.Equal(t, []string{"nul " + name + ":1:1"}, got, "%v", load)
			delete(f, name)
			if _, err := street.Load(f, options); err != nil {
				got, load := faultsOf(t, f)
				require.Len(t, got, 1, "%v", load)
			}
		}
	}
}

// TestATornFileHidesNoOther: what does not follow from it is told beside it.
func TestATornFileHidesNoOther(t *testing.T) {
	folder := everyParty()
	edit(folder, "people.csv", "code,", "colour,")
	edit(folder, "exceptions.csv", "2021-09-20", "2021/9/20")
	edit(folder, "posts.csv", "squad", "squat")
	edit(folder, "duties.csv", "R3,assist,waste,station", "R3,assist,waste,nobody")
	got, load := faultsOf(t, folder)
	require.Equal(t, []string{"unknown-party duties.csv:4:17", "bad-date exceptions.csv:2:3", "missing-column people.csv:1", "unknown-party posts.csv:2:11"}, got, "%v", load)

	folder = everyParty() // the quote swallows the rest of the file
	edit(folder, "people.csv", "\np1,", "\np1,\"x")
	got, load = faultsOf(t, folder)
	require.Equal(t, []string{"csv-quote people.csv:2"}, got, "%v", load)

	folder = smallFolder()
	delete(folder, "parties.csv")
	edit(folder, "events.csv", "114.03", "NaN")
	got, load = faultsOf(t, folder)
	require.Equal(t, []string{"bad-coordinate events.csv:3:27", "missing-list parties.csv"}, got)
	require.Equal(t, "the file is missing, and posts.csv:2:11 needs it: party squad must stand there", load.Faults[1].Text("en"))
	require.Equal(t, "缺少该文件，而posts.csv:2:11需要它：party的值squad应列在其中", load.Faults[1].Text("zh"))

	folder = smallFolder()
	set(folder, "parties.csv", "code,name,name,kind,parent\nstation,社区工作站,station,\nsquad,网格队,squad,sta tion\nx,甲,甲,squad,sta tion\ny,z\n")
	got, load = faultsOf(t, folder)
	require.Equal(t, []string{"column-twice parties.csv:1:11", "bad-code parties.csv:3:17", "bad-code parties.csv:4:13", "cell-count parties.csv:5"}, got, "%v", load)
}

// TestStrangeLaddersAndStandards: what no case can come to is a warning at its cell.
func TestStrangeLaddersAndStandards(t *testing.T) {
	for name, c := range map[string]struct {
		folder              func() fstest.MapFS
		file, old, new      string
		place, code, en, zh string
	}{
		"level left out": {
			ladderFolder, "ladders.csv", "dispute,2,bureau,3wd,,,2,,\n", "", "ladders.csv:2:9", "level-left-out",
			"the dispute ladder has no level 2, and has level 3", "争议阶梯缺第2级，却有第3级",
		},
		"no first level": {
			ladderFolder, "ladders.csv", "争议裁定,1,station,1wd,,,1,G1,waste\n", "", "ladders.csv:2:9", "level-left-out",
			"the dispute ladder has no level 1, and has level 2", "争议阶梯缺第1级，却有第2级",
		},
		"idle standard": {
			standardFolder, "standards.csv", "waste,,垃圾", "water,,垃圾", "standards.csv:4:1", "idle-standard",
			"matter water: matters.csv has no such matter, so the standard is never used", "matter的值water不在matters.csv中，该标准不会被使用",
		},
	} {
		folder := c.folder()
		edit(folder, c.file, c.old, c.new)
		f, err := street.Load(folder, options)
		require.NoError(t, err, name)
		require.Len(t, f.Findings, 1, "%s: %v", name, f.Findings)
		got := f.Findings[0]
		require.Equal(t, []string{c.place, c.code, c.en, c.zh}, []string{got.Place(), got.Code, got.Text("en"), got.Text("zh")}, name)
		require.Equal(t, street.Warning, got.Level, name)
	}
	folder := ladderFolder()
	edit(folder, "ladders.csv", "80%", "1001%")
	got, _ := faultsOf(t, folder)
	require.Equal(t, []string{"bad-percent ladders.csv:6:19"}, got)
}

// TestBrokenJSONInChinese: each way to break street.json or a command is told once, and
// in Chinese without a word of English but those of JSON.
func TestBrokenJSONInChinese(t *testing.T) {
	for _, file := range []string{"street.json", "commands.jsonl", "areas/grid.geojson"} {
		text := string(smallFolder()[file].Data)
		for i := range text {
			if !strings.ContainsRune(":[,", rune(text[i])) || file == "areas/grid.geojson" && i%5 > 0 {
				continue
			}
			for _, word := range []string{"nope", " tru", "x y", "", `"\q"`, "\"\x01\"", "-a", "1.a"} {
				end := i + 1 + strings.IndexAny(text[i+1:], ",}]")
				folder := smallFolder()
				set(folder, file, text[:i+1]+word+text[end:])
				_, err := street.Load(folder, options)
				if err == nil {
					continue
				}
				_, load := faultsOf(t, folder)
				places := map[string]bool{}
				for _, x := range load.Faults {
					require.False(t, places[x.Place()] && file == "areas/grid.geojson" && x.Code == "token", "two at one place: %v", load)
					places[x.Place()] = true
					if x.Code == "bad-json" {
						require.NotRegexp(t, `invalid|looking|literal|after|character`, x.Text("zh"))
					}
				}
			}
		}
	}
	for _, c := range []struct{ old, new, want string }{
		{`"time_zone"`, `nope`, "street.json:2:30 JSON格式有误：字符'n'处应为加引号的键名"},
		{`"牛湖"`, `nope`, "street.json:2:25 JSON格式有误：字符'o'处的词不是null、true、false，文本须加引号"},
		{`"format": 1,`, `"format": 1`, "street.json:2:15 JSON格式有误：字符'\"'前缺少逗号或右花括号"},
		{"\n}", "\n", "street.json:4:73 JSON格式有误：文本不完整，缺少结尾"},
		{"\n}", "\n}{}", "street.json:5:2 JSON格式有误：对象结束之后还有内容"},
	} {
		folder := smallFolder()
		edit(folder, "street.json", c.old, c.new)
		_, load := faultsOf(t, folder)
		require.Len(t, load.Faults, 1)
		require.Equal(t, c.want, load.Faults[0].Place()+" "+load.Faults[0].Text("zh"))
	}
	folder := smallFolder()
	edit(folder, "areas/grid.geojson", `{"type":"FeatureCollection"`, `{"type":nope`)
	got, _ := faultsOf(t, folder)
	require.Equal(t, []string{"token areas/grid.geojson:1:9"}, got)
}
