package street

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
)

// overQuota tells of posts that more people hold at once than they have places, at
// the appointment that is one too many. A post with shifts has as many as take turns.
func (l *loader) overQuota(plan party.Plan, places []columnOf) {
	quota := map[Code]int{}
	for _, p := range plan.Posts {
		quota[p.Code] = max(p.Quota, 1)
	}
	var turns []Code // posts with a rotation, by code
	if plan.Roster != nil {
		turns = plan.Roster.Posts()
	}
	byPost := map[Code][]int{}
	for i, a := range plan.Appointments {
		byPost[a.Post] = append(byPost[a.Post], i)
	}
	for _, p := range plan.Posts {
		if _, shifts := slices.BinarySearch(turns, p.Code); shifts {
			continue
		}
		list := byPost[p.Code]
		begins := func(i int) time.Time { return plan.Appointments[i].During.From }
		slices.SortStableFunc(list, func(a, b int) int { return begins(a).Compare(begins(b)) })
		var ends []time.Time // of those who hold it, earliest first; zero is open
		for _, i := range list {
			from, until := begins(i), plan.Appointments[i].During.Until
			ends = slices.DeleteFunc(ends, func(end time.Time) bool { return !end.IsZero() && !end.After(from) })
			ends = append(ends, until)
			if len(ends) > quota[p.Code] && i < len(places) {
				f := places[i].finding("post")
				f.Level, f.Code, f.Unit = Warning, "over-quota", p.Code
				f.Args = []string{string(p.Code), strconv.Itoa(len(ends)), from.In(l.zone).Format(time.DateOnly), strconv.Itoa(quota[p.Code])}
				l.note(f)
			}
		}
	}
}

// offPost tells who is on a rotation of a post that he never holds.
func (l *loader) offPost(list []rostered) {
	for _, x := range list {
		told := map[Code]bool{}
		for _, person := range x.people {
			held := slices.ContainsFunc(slices.Collect(l.out.Directory.Serving(person)), func(a party.Appointment) bool { return a.Post == x.post })
			if held || told[person] {
				continue
			}
			told[person] = true
			f := x.at.finding("people")
			f.Level, f.Code, f.Unit, f.Args = Warning, "off-post", person, []string{string(person), string(x.post)}
			l.note(f)
		}
	}
}

// countsAgree tells of topics whose counts are not those of their votes.
func (b *councilBook) countsAgree() {
	for _, m := range b.meetings {
		for _, p := range b.topics[m.id] {
			votes := b.votes[p.raise.Topic]
			if !p.counted || len(votes) == 0 {
				continue
			}
			n := map[council.Choice]int64{}
			for _, v := range votes {
				n[v.Choice]++
			}
			if n[council.Yes] == p.tally.Yes && n[council.No] == p.tally.No && n[council.Abstain] == p.tally.Abstain {
				continue
			}
			f := p.at.finding("yes")
			say := func(yes, no, abstain int64) string {
				return strconv.FormatInt(yes, 10) + ":" + strconv.FormatInt(no, 10) + ":" + strconv.FormatInt(abstain, 10)
			}
			f.Level, f.Code, f.Unit = Warning, "counts-differ", p.raise.Topic
			f.Args = []string{string(p.raise.Topic), say(p.tally.Yes, p.tally.No, p.tally.Abstain), say(n[council.Yes], n[council.No], n[council.Abstain])}
			b.load.note(f)
		}
	}
}

// rolesUsed tells of roles in street.json's notices that no post has, so that every
// notice would lack that person.
func (l *loader) rolesUsed(c config) {
	if l.out.Directory == nil {
		return
	}
	roles := map[string]bool{}
	for p := range l.out.Directory.Posts() {
		roles[p.Role] = true
	}
	told := map[string]bool{}
	for _, level := range l.out.Levels {
		n := c.Notices[level]
		for _, role := range append([]string{n.Head, n.Lead}, n.Staff...) {
			if role == "" || roles[role] || told[role] {
				continue
			}
			told[role] = true
			f := Finding{Level: Warning, Code: "role-unused", File: configName, Args: []string{level, role}}
			f.Line, f.Column = keyPlace(l.configText, role)
			l.note(f)
		}
	}
}
