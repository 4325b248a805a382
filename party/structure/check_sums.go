package structure

// checkParties counts parties in each unit.
func (a *auditor) checkParties(r *Rule) {
	f := a.frame(r.Per)
	parts := make([][]part, len(f.units))
	for _, kind := range r.Parties {
		for _, o := range a.byKind[kind] {
			if n, ok := f.ofOrg(o); ok {
				parts[n] = append(parts[n], part{o.active, 1})
			}
		}
	}
	counted := []string{string(Parties), names(r.Parties)}
	for i := range f.units {
		u := &f.units[i]
		a.reportCount(u.blank(r, "", counted), r.Count, u.active, a.tally(parts[i]), nil)
	}
}

// checkPosts counts posts in each unit, or sums their quotas.
func (a *auditor) checkPosts(r *Rule) {
	f := a.frame(r.Per)
	groups := f.split(a.pick(r.Role, r.In))
	counted := []string{string(r.Kind), names(r.Role)}
	for i := range f.units {
		u, posts := &f.units[i], groups[i]
		parts := make([]part, len(posts))
		for k, p := range posts {
			parts[k] = part{p.org.active, 1}
			if r.Kind == Quotas {
				parts[k].n = p.quota
			}
		}
		a.reportCount(u.blank(r, "", counted), r.Count, u.domain(posts), a.tally(parts), nil)
	}
}

// checkFilled compares the people on each post with its quota.
func (a *auditor) checkFilled(r *Rule) {
	for _, p := range a.pick(r.Role, r.In) {
		if p.seats || len(p.holding) <= p.quota {
			continue
		}
		steps := a.heads(p.holding)
		over := where(steps, func(n int) bool { return n > p.quota })
		v := Violation{Rule: r.ID, Kind: OverQuota, Post: p.code, Party: p.org.code, Area: p.area, Place: p.place, Want: p.quota}
		a.report(v, over, func(v *Violation, at int64) {
			v.Got = countAt(steps, at)
			v.People = a.present(p.holding, at)
		})
	}
}
