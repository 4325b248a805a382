package street_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
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
- CSV has a header line; the order of columns is free; unknown columns warn, missing required ones are faults. Every fault names file, line and column, and all of them are told at once.
- Times are RFC 3339, or ` + "`2006-01-02T15:04:05`, `2006-01-02 15:04`, `2006-01-02`" + ` in the street's zone. A local time that occurs twice is the earlier one, with a warning; one that never occurs is a fault.
- Money is yuan text with at most two decimals. Lists inside a cell are separated by ` + "`;`" + `. Intervals are half-open: ` + "`from`" + ` is in, ` + "`until`" + ` is not.
- Codes that a spreadsheet rewrote (` + "`4.40309E+14`" + `) are refused by name.
- Time limits: ` + "`30m`, `4h`, `15d`" + ` run day and night, ` + "`4wh`, `3wd`" + ` in working time; a trailing ` + "`!`" + ` may not be suspended. A working-day limit does not count the day it starts and is due at the close of the last one.
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
| ` + "`policy`" + ` | ` + "`desk`" + ` (party of the duty desk) and its time limits ` + "`register`, `dispatch`, `ack`, `verify`, `close`, `review`" + ` |
| ` + "`evaluate_from`" + ` | back-tests count events from this instant |
| ` + "`attribution`" + ` | shown with every result |
| ` + "`layers`" + ` | ` + "`[{\"name\":\"roads\",\"file\":\"layers/roads.geojson\",\"classes\":[\"main\",\"lane\"]}]`" + `: GeoJSON of streets, parks or buildings with ` + "`code`★, `class`★, `name`, `party` (owner), `from`, `until`" + `; lines carry ` + "`width_m`" + `, points ` + "`radius_m`" + `. An event takes the first class of each layer at its point |
| ` + "`hierarchies`" + ` | ` + "`[{\"name\":\"service\",\"file\":\"areas/service.csv\"}]`" + `: other trees over the same leaves, with ` + "`code`★, `parent`★, `level`★, `name`" + `; the levels are outermost first as the file comes to them, and every leaf has a row |
| ` + "`notices`" + ` | what the notice of an area shows, by level: ` + "`{\"街区\":{\"head\":\"block-head\",\"below\":\"红色网格\",\"lead\":\"grid-lead\",\"staff\":[\"staff\"],\"counts\":[],\"attributes\":[],\"council\":true}}`" + `: roles of posts, counts and attributes of the area, whether it has a council |
| ` + "`structure`" + ` | how the street must be set up: names of presets, such as ` + "`[\"1+1+6\"]`, or `{\"presets\":[…],\"levels\":{\"community\":\"社区\"}}`" + `; more rules in structure.json. A check tells where it is not |

Area files are GeoJSON FeatureCollections with the properties ` + "`code`" + `★, ` + "`name`, `parent`" + `★ (not on the first level); other properties are kept.

## Coordinates

Everything is converted to WGS84 once, when the folder is read: the vertices of area files, ` + "`lng` and `lat`" + ` of events and addresses, and ` + "`point`" + ` in commands.jsonl. Results, findings and facts are WGS84, and say so when the folder is not.

- ` + "`GCJ02`" + ` (Amap, Tencent) and ` + "`BD09`" + ` (Baidu) by the formulas that are publicly known; ` + "`CGCS2000`" + ` degrees are taken for WGS84.
- The name or EPSG code of a Gauss–Krüger system of CGCS2000 (` + "`EPSG:4547`, `EPSG:4526`" + `) or of Web Mercator (` + "`EPSG:3857`" + `): the area files are in its metres, easting first; points elsewhere in the folder stay degrees of WGS84 or CGCS2000. A city's own system is not accepted.
- Beijing 1954, Xian 1980 and New Beijing are refused by name: the way from them to WGS84 takes seven parameters that are not public. Anything else is refused as unknown.
- A place that its system refuses is a fault at its line and column. Unless ` + "`crs` is WGS84 or CGCS2000, a `crs`" + ` member inside an area file is not looked at: ` + "`street.json`" + ` decides.
- An edge is straight in the system it is converted to. Where one unit has a vertex in the middle of another's edge, the two differ by centimetres afterwards; a check tells.

## What a check looks at between areas

Overlaps, gaps, areas outside their parent, slivers, misplaced units and codes that deny their parent, each with its file, line and column, a place and its m². They are warnings, and errors in a strict street unless they are thinner than half a metre; a street with defects loads all the same. The 100 worst are listed and the rest counted; ` + "`-geojson FILE`" + ` writes them with their shapes, up to 10,000. When there is none, the certificate says that every place is proved to have exactly one owner.

`

const casesIntro = `# The life of a case

Generated from the transition table that the Desk decides by. The straight way is complete; disputes, extensions, suspensions, rework and merging come later as more rows of the same table.

`
