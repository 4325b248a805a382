package street_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/street"
)

var update = flag.Bool("update", false, "write the generated documents")

// TestDocumentsAreTheCode keeps the generated documents equal to the tables that
// the code works by; run with -update to write them.
func TestDocumentsAreTheCode(t *testing.T) {
	for name, text := range map[string]string{
		"street-folder.md": folderIntro + street.Reference(),
		"cases.md":         casesIntro + dispatch.TransitionsMarkdown(),
	} {
		path := filepath.Join("..", "docs", name)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		}
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, text, string(got), "%s is out of date: go test ./street -run Documents -update", name)
	}
}

const folderIntro = `# The street folder

A directory that describes one subdistrict in files that offices can edit. This reference is generated from the code that reads it; the test that proves it is ` + "`TestDocumentsAreTheCode`" + `.

- UTF-8, with or without a byte-order mark; GB18030 is detected and converted. Any file may be gzipped (` + "`events.csv.gz`" + `).
- CSV has a header line; the order of columns is free; unknown columns warn, missing required ones are faults, one each, and the other cells are judged all the same. Every fault names its file and, where there is one, line and column. All faults of the cells are told at once; what only sound cells show (parents and deputies in a circle, two standards that say the same, an area twice or without its parent) is told when they are mended, again all of it.
- Times are RFC 3339, or ` + "`2006-01-02T15:04:05`, `2006-01-02 15:04`, `2006-01-02`" + ` in the street's zone. A local time that occurs twice is the earlier one, with a warning; one that never occurs is a fault.
- Money is yuan text with at most two decimals. Lists inside a cell are separated by ` + "`;`" + `. Intervals are half-open: ` + "`from`" + ` is in, ` + "`until`" + ` is not.
- Codes that a spreadsheet rewrote (` + "`4.40309E+14`" + `) are refused by name.
- Time limits: ` + "`30m`, `4h`, `15d`" + ` run day and night, ` + "`4wh`, `3wd`" + ` in working time; a trailing ` + "`!`" + ` may not be suspended. A working-day limit does not count the day it starts and is due at the close of the last one.
- What happens at one instant comes in this order: dues that have passed, admissions.csv, events.csv, what the other tables record, commands.jsonl, each by (time, line).
- Matters form a tree by prefix: dotted codes by segment, all-digit codes by digits, others stand alone; ` + "`*`" + ` is every matter.

## street.json

| key | what |
|---|---|
| ` + "`format`" + `★ | 1 |
| ` + "`name`" + `★ | name of the street |
| ` + "`levels`" + `★ | outermost first: ` + "`[{\"name\":\"社区\",\"file\":\"areas/community.geojson\"}, …]`" + ` |
| ` + "`time_zone`" + `★ | such as ` + "`Asia/Shanghai`" + ` |
| ` + "`crs`" + ` | coordinate system of every file: ` + "`WGS84`" + ` (when empty), ` + "`GCJ02`, `BD09`, `CGCS2000`" + `, or an EPSG code or name of CGCS2000; see below |
| ` + "`hours`" + ` | ` + "`{\"windows\":[\"08:00-12:00\",\"14:00-18:00\"],\"week\":\"Mon-Fri\",\"holidays\":\"cn\"}`" + `; holidays are ` + "`cn`, `none` or `calendar.csv`" + `; default 09:00-17:00, Mon-Fri, none |
| ` + "`strict`" + ` | true makes findings about single boundaries faults, and has areas compared with one another whenever the folder is read: defects between them are errors then, which fail a check but not a run |
| ` + "`counts`" + ` | properties of areas that are numbers and must add up, such as households |
| ` + "`policy`" + ` | ` + "`desk`" + ` (party of the duty desk; ` + "`desk`" + ` when empty) and its time limits, with what they are when empty: ` + "`register` 15m, `dispatch` 15m, `ack` 30m, `verify` 1wd, `close` 1wd, `review` 1wd, `answer` 2wd, `return` 1wd, `dispute` 5wd, `suspend` 365d, `floor` 1wd, `reopen` 15wd, `admission` 15wd, `fresh` 10m" + `; ` + "`archive`" + ` (归档): how long after its end a case leaves the Desk's memory, never before ` + "`reopen`" + ` is over; empty is never by itself; ` + "`reworks`" + ` (2): how many failed verifications and reworks of one cycle the lead gets, then the duty desk has the case; ` + "`proved`" + `: true puts a list into force only when nothing in it is an error; ` + "`duplicates`" + `: ` + "`suggest`" + ` (when empty) says which open case an event may repeat, ` + "`automatic`" + ` makes it one more report of that case from a score of ` + "`duplicate_score`" + ` (9000 of 10000) on |
| ` + "`evaluate_from`" + ` | back-tests count events from this instant |
| ` + "`attribution`" + ` | shown with every result |
| ` + "`layers`" + ` | ` + "`[{\"name\":\"roads\",\"file\":\"layers/roads.geojson\",\"classes\":[\"main\",\"lane\"]}]`" + `: GeoJSON of streets, parks or buildings with ` + "`code`★, `class`★, `name`, `party` (owner), `from`, `until`" + `; lines carry ` + "`width_m`" + `, points ` + "`radius_m`" + `. An event takes the first class of each layer at its point: ` + "`" + `classes` + "`" + ` says which comes first, and of equals the smaller feature. A feature of a class that ` + "`" + `classes` + "`" + ` leaves out comes after all of them, and is told; so is a rule whose ` + "`" + `class` + "`" + ` neither ` + "`" + `classes` + "`" + ` nor a feature of its layer has, for it never applies. Both are warnings, in a strict street errors |
| ` + "`hierarchies`" + ` | ` + "`[{\"name\":\"service\",\"file\":\"areas/service.csv\"}]`" + `: other trees over the same leaves, with ` + "`code`★, `parent`★, `level`★, `name`" + `; the levels are outermost first as the file comes to them, and every leaf has a row. Their nodes may be areas of parties, posts, rights, registrations and boards, and have notices |
| ` + "`notices`" + ` | what the notice of an area shows, by level of the areas or of a hierarchy: ` + "`{\"街区\":{\"head\":\"block-head\",\"below\":\"红色网格\",\"lead\":\"grid-lead\",\"staff\":[\"staff\"],\"counts\":[],\"attributes\":[],\"council\":true}}`" + `: roles of posts, counts and attributes of the area, whether it has a council |
| ` + "`structure`" + ` | how the street must be set up: names of presets, such as ` + "`[\"1+1+6\"]`, or `{\"presets\":[…],\"levels\":{\"community\":\"社区\"}}`" + `; more rules in structure.json. Who sits on a council is a ` + "`council-member`" + ` of its area there, or a ` + "`council-observer`" + ` without a vote. A check tells where it is not |

Area files are GeoJSON FeatureCollections with the properties ` + "`code`" + `★, ` + "`name`, `parent`" + `★ (not on the first level); other properties are kept.

## Coordinates

Everything is converted to WGS84 once, when the folder is read: the vertices of area files, ` + "`lng` and `lat`" + ` of events and addresses, and ` + "`point`" + ` in commands.jsonl. Results, findings and facts are WGS84, and say so when the folder is not.

- ` + "`GCJ02`" + ` (Amap, Tencent) and ` + "`BD09`" + ` (Baidu) by the formulas that are publicly known; ` + "`CGCS2000`" + ` degrees are taken for WGS84.
- The name or EPSG code of a Gauss–Krüger system of CGCS2000 (` + "`EPSG:4547`, `EPSG:4526`" + `) or of Web Mercator (` + "`EPSG:3857`" + `): the area files are in its metres, easting first; points elsewhere in the folder stay degrees of WGS84 or CGCS2000. A city's own system is not accepted.
- Beijing 1954, Xian 1980 and New Beijing are refused by name: the way from them to WGS84 takes seven parameters that are not public. Anything else is refused as unknown.
- A place that its system refuses is a fault at its line and column. Unless ` + "`crs` is WGS84 or CGCS2000, a `crs`" + ` member inside an area file is not looked at: ` + "`street.json`" + ` decides.

## A small street's people

Over areas ` + "`NH`" + ` with the grids ` + "`G1`" + ` and ` + "`G2`" + `, the smallest tables that say who answers, who may what, who meets and who is visited. A test loads exactly these.

` + "```" + `csv
# people.csv
code,name,phone,consent
an,安宁,13800000001,
bo,薄云,13800000002,
chen,陈一,13800000003,yes

# posts.csv
code,name,party,role,area,deputy,limit,public_contact
g1-lead,第一网格长,squad,grid-lead,G1,g2-lead,,0755-12345678
g2-lead,第二网格长,squad,grid-lead,G2,,,
officer,值班员,squad,duty-officer,,,,
chief,财务审批,station,finance,,,50000.00,

# appointments.csv
person,post,kind,from
an,g1-lead,resident,2021-01-01
bo,g2-lead,resident,2021-01-01
bo,officer,mobile,2021-01-01
an,officer,mobile,2021-01-01
chen,chief,resident,2021-01-01

# rights.csv
holder,right,scope
chief,approve,NH
station,command,NH

# rosters.csv
post,cycle,days,start,hours,people
officer,1d,,2021-09-01,20:00-08:00,an;bo

# exceptions.csv
post,date,kind,person,with
*,2021-09-20,leave,an,
officer,2021-09-22,swap,bo,an@2021-09-23

# councils.csv
code,name,area,quorum,pass
nh,牛湖理事会,NH,2/3,1/2

# council_members.csv
council,person,capacity,vote
nh,an,红色网格牵头人,yes
nh,bo,居民,yes
nh,chen,列席,no

# meetings.csv
id,council,at,present
M1,nh,2021-09-27 19:00,an;bo;chen

# topics.csv
id,meeting,title,owner,due
T1,M1,加装路灯,station,2021-10-15

# votes.csv
topic,person,vote
T1,an,yes
T1,bo,yes

# households.csv
code,area,class
h1,G1,key
h2,G2,key

# visit_plans.csv
area,class,every,teams,start
NH,key,1mo,t1=an+bo,2021-09-01

# visits.csv
household,at,people
h1,2021-09-06 10:00,an;bo

# boards.csv
area,facts,goals
G1,出租楼为主,垃圾日产日清
` + "```" + `

- A right that no row of rights.csv gives to anybody binds nobody; without ` + "`approve`" + ` anybody may spend.
- A plan of visits has the code ` + "`area.class`" + `, here ` + "`NH.key`" + `, by which commands name it.
- What is refused when the tables are lived through (a meeting without a quorum, money that is not there) keeps nobody from running: ` + "`check`" + ` lists it with file, line and column.
- An edge is straight in the system it is converted to. Where one unit has a vertex in the middle of another's edge, the two differ by centimetres afterwards; a check tells.

## What a check looks at between areas

Overlaps, gaps, areas outside their parent, slivers, misplaced units and codes that deny their parent, each with its file, line and column, a place and its m². They are warnings, and errors in a strict street unless they are thinner than half a metre; a street with defects loads all the same. The 100 worst are listed and the rest counted; ` + "`-geojson FILE`" + ` writes them with their shapes, up to 10,000. When there is none, the certificate says that every place is proved to have exactly one owner.

`

const casesIntro = `# The life of a case

Generated from the transition table that the Desk decides by. A row names what triggers it, in which states, which refusals it adds in order of precedence, what is recorded and which clocks change; the diagram at the end is drawn from the same rows.

`

// The tables that the reference shows load as they stand there, without a finding,
// and mean what it says.
func TestSmallStreetOfTheReference(t *testing.T) {
	_, text, _ := strings.Cut(folderIntro, "```csv\n")
	text, _, _ = strings.Cut(text, "```")
	folder := smallFolder()
	delete(folder, "commands.jsonl")
	set(folder, "duties.csv", "id,role,matter,party,area,budget\nR1,lead,*,station,*,2wd\n")
	names := 0
	for table := range strings.SplitSeq(text, "# ") {
		if name, rows, ok := strings.Cut(table, "\n"); ok {
			set(folder, name, strings.TrimSpace(rows)+"\n")
			names++
		}
	}
	require.Equal(t, 15, names)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Empty(t, refused)
	night := func(day int) street.Code {
		return f.Directory.OnDuty("officer", time.Date(2021, 9, day, 22, 0, 0, 0, f.Zone)).Person
	}
	require.Equal(t, []street.Code{"an", "bo", "an", "bo"}, []street.Code{night(21), night(24), night(22), night(23)}, "the 22nd and 23rd are swapped")
	require.Equal(t, street.Code("bo"), f.Directory.OnDuty("G1", time.Date(2021, 9, 20, 9, 0, 0, 0, f.Zone)).Person, "the deputy, during the leave")
	require.NoError(t, s.Councils(t.Context(), func(m *council.Minutes) {
		topic, _ := m.Topic("T1")
		require.Equal(t, council.StateTracking, topic.State)
	}))
}
