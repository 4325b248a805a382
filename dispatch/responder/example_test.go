package responder_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch/responder"
)

// squad is who is about in the morning turn.
func squad() []responder.Responder {
	seen := now.Add(-2 * time.Minute)
	return []responder.Responder{
		{Person: "huang", Post: "grid-27", OnDuty: true, Place: &orb.Point{114.0600, 22.6803}, At: seen},
		{Person: "li", Post: "squad-1", OnDuty: true, Place: &orb.Point{114.0640, 22.6800}, At: seen, Skills: []responder.Code{"boat"}},
		{Person: "wang", OnDuty: false, Place: &orb.Point{114.0600, 22.6800}, At: seen},
		{Person: "zhao", Post: "squad-1", OnDuty: true, Place: &orb.Point{114.0700, 22.6800}, At: seen, Skills: []responder.Code{"boat"}, Load: 3, Capacity: 5},
		{Person: "zhu", Post: "squad-1", OnDuty: true, Place: &orb.Point{114.0601, 22.6800}, At: now.Add(-time.Hour), Skills: []responder.Code{"boat"}},
	}
}

// A cellar is under water: who can go, and why not those who are nearer.
func ExampleRank() {
	list, err := responder.Rank(
		responder.Need{ID: "case-1", Place: &orb.Point{114.0600, 22.6800}, Skills: []responder.Code{"boat"}},
		squad(), responder.Options{At: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range list {
		if r.Fit() {
			fmt.Println(r.Person, r.Cost, "m")
		} else {
			fmt.Println(r.Person, r.Reason, r.Text("en"), r.Text("zh"))
		}
	}
	// Output:
	// li 411 m
	// zhao 1028 m
	// wang off-duty not on duty 不在岗
	// huang unskilled lacks the skill boat 缺少技能boat
	// zhu stale last seen too long ago (60 minutes) 定位过时（60分钟）
}

// Two cellars: li is nearest to both, and zhao goes where the detour is shorter.
func ExampleAssignBatch() {
	plan, err := responder.AssignBatch([]responder.Need{
		{ID: "case-1", Place: &orb.Point{114.0600, 22.6800}, Skills: []responder.Code{"boat"}},
		{ID: "case-2", Place: &orb.Point{114.0650, 22.6800}, Skills: []responder.Code{"boat"}},
		{ID: "case-3", Place: &orb.Point{114.0650, 22.6800}, Skills: []responder.Code{"crane"}},
	}, squad(), responder.Options{At: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range plan.Assigned {
		fmt.Println(a.Need, a.Person, a.Cost, "m")
	}
	for _, l := range plan.Left {
		fmt.Println(l.Need, l.Text("en"), "-", l.Count(responder.OffDuty), "off duty,", l.Count(responder.Unskilled), "unskilled")
	}
	fmt.Println(plan.Cost, "m, optimal:", plan.Optimal)
	// Output:
	// case-1 li 411 m
	// case-2 zhao 514 m
	// case-3 nobody is fit - 1 off duty, 4 unskilled
	// 925 m, optimal: true
}
