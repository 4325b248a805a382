package gbcode_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/gbcode"
)

// tableRow is a row of the file as a CSV reader sees it.
type tableRow struct{ kind, digits, class, className, name string }

func readTable(t require.TestingT) []tableRow {
	f, err := os.Open("data/gbt47678_5_codes.csv")
	require.NoError(t, err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"kind", "code", "major", "major_name", "name"}, all[0])
	var rows []tableRow
	for _, r := range all[1:] {
		rows = append(rows, tableRow{r[0], r[1], r[2], r[3], r[4]})
	}
	return rows
}

func kindNamed(name string) gbcode.Kind {
	for _, k := range []gbcode.Kind{gbcode.Part, gbcode.Matter} {
		if k.Text("zh") == name {
			return k
		}
	}
	return 0
}

// TestTable looks every row up, and everything that is no row.
func TestTable(t *testing.T) {
	rows := readTable(t)
	require.Len(t, rows, 403)
	names := map[gbcode.Item]string{}
	var order []gbcode.Item
	for _, r := range rows {
		i, err := gbcode.ParseItem(kindNamed(r.kind), r.digits)
		require.NoError(t, err)
		class, ok := i.Parent()
		require.True(t, ok)
		require.Equal(t, r.class, class.Digits())
		require.Empty(t, names[i], "%v twice", i)
		require.True(t, names[class] == "" || names[class] == r.className, "%v", class)
		names[i], names[class] = r.name, r.className
		order = append(order, i)
	}
	require.True(t, slices.IsSorted(order))
	require.Equal(t, order, slices.Concat(slices.Collect(gbcode.Items(gbcode.Part)), slices.Collect(gbcode.Items(gbcode.Matter))))
	for n := gbcode.Item(0); n < 400_000; n++ {
		name, ok := n.Name()
		require.Equal(t, names[n], name)
		require.Equal(t, names[n] != "", ok)
	}
	require.Empty(t, slices.Collect(gbcode.Items(0)))
	require.Empty(t, slices.Collect(gbcode.Classes(3)))
	require.Len(t, slices.Collect(gbcode.Classes(gbcode.Part)), 5)
	require.Len(t, slices.Collect(gbcode.Classes(gbcode.Matter)), 10)
}

// TestMattersOfParts: a matter whose digits a part has is named after the part.
func TestMattersOfParts(t *testing.T) {
	parts := 0
	for i := range gbcode.Items(gbcode.Matter) {
		part, ok := i.Part()
		require.Equal(t, i.Class() <= 5, ok, "%v", i)
		if !ok {
			continue
		}
		parts++
		of, _ := part.Name()
		name, _ := i.Name()
		if i.Digits() == "01066" { // 紧急报警点异常SOS, so in the source
			of, name = strings.TrimSuffix(of, "SOS"), strings.TrimSuffix(name, "SOS")
		}
		require.Equal(t, of+"异常", name)
		_, again := part.Part()
		require.False(t, again)
	}
	require.Equal(t, 153, parts)
}

// TestMattersCompile loads the matters as a list that dispatch accepts and whose
// tree is the table's.
func TestMattersCompile(t *testing.T) {
	rows := gbcode.Matters()
	require.Len(t, rows, 250)
	components := 0
	for _, r := range rows {
		class, ok := r.Item.Parent()
		require.True(t, ok)
		name, _ := class.Name()
		require.Equal(t, name, r.Class)
		require.True(t, dispatch.Covers(dispatch.Code(class.Digits()), r.Code))
		require.True(t, dispatch.Covers(class.Code(), r.Item.Code()))
		require.True(t, dispatch.Covers("matter", r.Item.Code()))
		require.Equal(t, class.Code(), dispatch.ParentMatter(r.Item.Code()))
		if r.Component {
			components++
		}
	}
	require.Equal(t, 153, components)
	rows[0].Name = "spoilt"
	require.NotEqual(t, "spoilt", gbcode.Matters()[0].Name)
}

func TestProvenance(t *testing.T) {
	require.Contains(t, gbcode.Provenance("en"), "not compared with the printed standard")
	require.Contains(t, gbcode.Provenance("zh"), "未与标准印刷本核对")
}
