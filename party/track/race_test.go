package track_test

import (
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/track"
)

// TestReadsSideBySide runs every read beside every other one, for the race detector,
// and each sees the same.
func TestReadsSideBySide(t *testing.T) {
	tr, err := track.New(always{}, track.Options{})
	require.NoError(t, err)
	for i := range 200 {
		at := start.Add(time.Duration(i) * time.Second)
		tr.Add(at, track.Fix{Person: track.Code([]string{"huang", "zhu", "li"}[i%3]), At: at, Point: orb.Point{114.06 + float64(i%17)/1e4, 22.68 + float64(i%13)/1e4}})
	}
	until := start.Add(time.Hour)
	read := func() [6]int {
		var n [6]int
		n[0] = len(tr.Nearest(track.Want{Point: orb.Point{114.06, 22.68}, K: 2, At: start.Add(200 * time.Second)}).Chosen)
		for range tr.Replay(start, until) {
			n[1]++
		}
		for range tr.Track("zhu", start, until) {
			n[2]++
		}
		if _, ok := tr.Position("li", start.Add(time.Minute)); ok {
			n[3]++
		}
		if c, err := tr.Coverage(orb.LineString{{114.06, 22.68}, {114.0616, 22.6812}}, "huang", start, until, 20); err == nil {
			n[4] = int(c.Covered)
		}
		n[5] = tr.People() + tr.Fixes() + len(tr.String())
		tr.TimeIn("zhu", start, until, func(orb.Point) track.Code { return "G1" })
		return n
	}
	want := read()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got := read(); got != want {
					t.Errorf("%v, alone %v", got, want)
				}
			}
		})
	}
	group.Wait()
}
