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
| ` + "`crs`" + ` | ` + "`WGS84`" + ` (the only one so far; GCJ02, BD09 and CGCS2000 are refused by name) |
| ` + "`hours`" + ` | ` + "`{\"windows\":[\"08:00-12:00\",\"14:00-18:00\"],\"week\":\"Mon-Fri\",\"holidays\":\"cn\"}`" + `; holidays are ` + "`cn`, `none` or `calendar.csv`" + `; default 09:00-17:00, Mon-Fri, none |
| ` + "`strict`" + ` | true makes findings about areas faults |
| ` + "`counts`" + ` | properties of areas that are numbers and must add up, such as households |
| ` + "`policy`" + ` | ` + "`desk`" + ` (party of the duty desk) and its time limits ` + "`register`, `dispatch`, `ack`, `verify`, `close`, `review`" + ` |
| ` + "`evaluate_from`" + ` | back-tests count events from this instant |
| ` + "`attribution`" + ` | shown with every result |
| ` + "`layers`, `hierarchies`, `structure`" + ` | known, not used yet, each with a warning |

Area files are GeoJSON FeatureCollections with the properties ` + "`code`" + `★, ` + "`name`, `parent`" + `★ (not on the first level); other properties are kept.

`

const casesIntro = `# The life of a case

Generated from the transition table that the Desk decides by. The straight way is complete; disputes, extensions, suspensions, rework and merging come later as more rows of the same table.

`
