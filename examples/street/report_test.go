package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// groupedProperty: the commas come out again, stand before every third digit of the
// whole part and nowhere else.
func groupedProperty(t *rapid.T) {
	number := rapid.StringMatching(`0|[1-9][0-9]{0,11}`)
	whole, fen := number.Draw(t, "whole"), rapid.StringMatching(`(\.[0-9]{2,6})?`).Draw(t, "fen")
	text := grouped(whole + fen)
	require.Equal(t, whole+fen, strings.ReplaceAll(text, ",", ""))
	require.Regexp(t, `^\d{1,3}(,\d{3})*(\.\d+)?$`, text)
	other := number.Draw(t, "other")
	require.Equal(t, grouped(whole)+" / "+grouped(other), grouped(whole+" / "+other))
}

func TestGrouped(t *testing.T) { rapid.Check(t, groupedProperty) }

func FuzzGrouped(f *testing.F) { f.Fuzz(rapid.MakeFuzz(groupedProperty)) }

// pruneProperty: a column goes when no row has anything in it and it is not the first;
// what stays keeps its order, its head and whether it holds numbers.
func pruneProperty(t *rapid.T) {
	columns, rows := rapid.IntRange(1, 5).Draw(t, "columns"), rapid.IntRange(1, 4).Draw(t, "rows")
	x := section{Right: rapid.IntRange(0, columns).Draw(t, "right")}
	for i := range columns {
		x.Head = append(x.Head, "h"+strconv.Itoa(i))
	}
	for range rows {
		x.Rows = append(x.Rows, rapid.SliceOfN(rapid.SampledFrom([]string{"", "", "1"}), columns, columns).Draw(t, "row"))
	}
	before := x
	before.Rows = slices.Clone(x.Rows)
	x.prune()
	var kept []int
	for i := range columns {
		filled := i == 0
		for _, row := range before.Rows {
			filled = filled || row[i] != ""
		}
		if filled {
			kept = append(kept, i)
		}
	}
	require.Len(t, x.Head, len(kept))
	for at, i := range kept {
		require.Equal(t, before.Head[i], x.Head[at])
		if before.Right > 0 && i > 0 {
			require.Equal(t, before.Number(i), x.Number(at), "right of %s", before.Head[i])
		}
		for r := range before.Rows {
			require.Equal(t, before.Rows[r][i], x.Rows[r][at])
		}
	}
}

func TestPrune(t *testing.T) { rapid.Check(t, pruneProperty) }

func FuzzPrune(f *testing.F) { f.Fuzz(rapid.MakeFuzz(pruneProperty)) }

// What a page shows can be read on a phone: no column is empty, numbers are grouped, a
// label of a map is no smaller than 10 px where the map is 326 px wide, and who is on
// duty has a name.
func TestAPageIsReadable(t *testing.T) {
	label := regexp.MustCompile(`<text [^>]*font-size="([\d.]+)"`)
	number := regexp.MustCompile(`<td class="n[^>]*>([^<]*)`)
	for _, place := range placeNames() {
		lang := "zh"
		if place == "boston" {
			lang = "en"
		}
		dir := t.TempDir()
		code, _, stderr := command("-street", place, "-lang", lang, "-quiet", "-out", dir)
		require.Equal(t, exitDone, code, stderr)
		data, err := os.ReadFile(filepath.Join(dir, "report.html"))
		require.NoError(t, err)
		page := string(data)
		labels := label.FindAllStringSubmatch(page, -1)
		require.NotEmpty(t, labels, place)
		for _, m := range labels {
			size, err := strconv.ParseFloat(m[1], 64)
			require.NoError(t, err)
			require.GreaterOrEqual(t, size*326/mapWidthPx, 10.0, "%s: %s", place, m[0])
		}
		for _, m := range number.FindAllStringSubmatch(page, -1) {
			require.NotRegexp(t, `\d{4}`, m[1], place)
		}
		for _, table := range regexp.MustCompile(`(?s)<table.*?</table>`).FindAllString(page, -1) {
			require.NotContains(t, table, "<th></th>", place)
		}
		require.Equal(t, place == "luohu", strings.Contains(page, words(lang)["applied"]), "%s: only luohu has dates of applications", place)
		if place == "guanlan" {
			require.Contains(t, page, "大富社区夜间值班（DF-DUTY）：大富班子成员4（DF-P4） 当班")
		}
	}
}
