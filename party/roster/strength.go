package roster

import (
	"cmp"
	"slices"
)

// step is a change at an instant of who serves on a set of posts.
type step struct {
	at     int64
	person Code // none: the hours of a post
	by     int  // +1 begins, -1 ends
}

// strength sweeps over the set of posts and notes each stretch with one number of
// people below the rule.
func (c *checker) strength(rule Strength) {
	steps := c.steps(rule)
	count, hours, people := map[Code]int{}, 0, 0
	start, have := c.from, -1 // the stretch below the rule that is open, if have >= 0
	look := func(at int64) {
		now := -1
		if people < rule.Least && (hours > 0 || !rule.InHours) {
			now = people
		}
		if now == have {
			return
		}
		if have >= 0 {
			c.add(Finding{Code: Understaffed, Post: rule.Name, Limit: int64(rule.Least), Have: int64(have)}, start, at)
		}
		start, have = at, now
	}
	at := c.from
	for _, s := range steps {
		if s.at > at {
			look(at)
			at = s.at
		}
		if s.person == "" {
			hours += s.by
			continue
		}
		if before := count[s.person]; before == 0 || before+s.by == 0 {
			people += s.by
		}
		count[s.person] += s.by
	}
	look(at)
	if have >= 0 {
		c.add(Finding{Code: Understaffed, Post: rule.Name, Limit: int64(rule.Least), Have: int64(have)}, start, c.until)
	}
}

// steps lists the changes on the posts of the rule, by time, those before the
// interval at its beginning. Beginnings come before ends.
func (c *checker) steps(rule Strength) []step {
	var steps []step
	posts := slices.Clone(rule.Posts)
	slices.Sort(posts)
	for _, p := range slices.Compact(posts) {
		c.roster.sessions(c.roster.posts[p], c.from, c.until, func(s session) bool {
			from, until := max(s.from, c.from), min(s.until, c.until)
			steps = append(steps, step{from, "", 1}, step{until, "", -1})
			for _, v := range s.on {
				steps = append(steps, step{from, v.Person, 1}, step{until, v.Person, -1})
			}
			return true
		})
	}
	slices.SortFunc(steps, func(a, b step) int {
		return cmp.Or(cmp.Compare(a.at, b.at), -cmp.Compare(a.by, b.by), cmp.Compare(a.person, b.person))
	})
	return steps
}
