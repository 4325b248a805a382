package gridgov_test

import (
	"fmt"
	"os"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/street"
)

// The lines of the README: locate a point and name who answers for it.
func Example() {
	folder, err := street.Load(os.DirFS("examples/street/places/guanlan-mini"), street.LoadOptions{Zone: time.LoadLocation})
	if err != nil {
		fmt.Println(err) // every fault, with file, line and column
		return
	}
	at, _ := folder.ParseTime("2021-09-29 10:00")
	grid, ok := folder.Map.Locate(orb.Point{114.0340, 22.7356})
	if !ok {
		fmt.Println("outside")
		return
	}
	d := folder.List.Match(dispatch.Query{Matter: "市容.占道经营", Area: grid, At: at})
	due, _ := folder.Calendar.Add(at, d.Lead.Budget)
	fmt.Println(folder.Map.Info(grid).Name, "→", folder.PartyName(d.Lead.Party, d.Lead.Post), "before", due.In(folder.Zone).Format("15:04"))
	// Output: 第32红色网格 → 综合巡查岗 before 16:00
}
