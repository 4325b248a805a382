package street_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/street"
)

// A day that calendar.csv lists twice is a fault at its own line, beside the others.
func TestCalendarDayTwice(t *testing.T) {
	folder := standardFolder()
	edit(folder, "street.json", `"holidays": "cn"`, `"holidays": "calendar.csv"`)
	set(folder, "calendar.csv", "date,kind\n2026-05-01,off\n2026-05-04,off\n2026-05-01,work\n2026-5-5,off\n")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Equal(t, "calendar.csv:4:1: date 2026-05-01 is used already\n"+
		"calendar.csv:5:1: date 2026-5-5 is not a date: write it as 2026-03-02", load.Text("en"))
}
