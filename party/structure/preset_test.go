package structure_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

// broken is a violation that began on day 9, on the post if there is one.
func broken(rule structure.Code, kind structure.ViolationKind, post *party.Post, person party.Code) structure.Violation {
	v := structure.Violation{Rule: rule, Kind: kind, Person: person, Since: day(9)}
	if post != nil {
		v.Post = post.Code
	}
	return v
}

// plants is, by preset and name, a fault put into a valid town and what must be
// found. People and Args are compared when they are given.
var plants = map[string]map[string]func(b *town) []structure.Violation{
	"1+1+6": {
		"two leading groups": func(b *town) []structure.Violation {
			b.party("leading-group", "", "")
			b.plan.Parties[len(b.plan.Parties)-1].During.From = day(9)
			return []structure.Violation{{Rule: "1+1+6.leading-group", Kind: structure.TooMany, Want: 1, Got: 2, Since: day(9)}}
		},
		"no information centre": func(b *town) []structure.Violation {
			b.partyOf("information-centre").During.Until = day(9)
			return []structure.Violation{{Rule: "1+1+6.information-centre", Kind: structure.TooFew, Want: 1, Since: day(9)}}
		},
		"two squads": func(b *town) []structure.Violation {
			squad := b.party("squad", "C1", "")
			b.plan.Parties[len(b.plan.Parties)-1].During.From = day(9)
			for _, kind := range []string{"management", "insignia", "equipment", "support"} {
				b.facility(squad, "unified-"+kind, 0)
			}
			return []structure.Violation{{Rule: "1+1+6.squad", Kind: structure.TooMany, Area: "C1", Want: 1, Got: 2, Since: day(9)}}
		},
		"head of the group is no secretary": func(b *town) []structure.Violation {
			p, head := b.postOf("street-secretary").Code, b.postOf("group-head")
			who := b.holder(p)
			b.leave(who, p)
			return []structure.Violation{withWant(broken("1+1+6.group-head", structure.NotSame, head, who))}
		},
		"leader of the squad is no secretary": func(b *town) []structure.Violation {
			p, leader := b.postOf("secretary").Code, b.postOf("squad-leader")
			who := b.holder(p)
			b.leave(who, p)
			v := withWant(broken("1+1+6.squad-leader", structure.NotSame, leader, who))
			v.Area = "C1"
			return []structure.Violation{v}
		},
		"two leaders of one squad": func(b *town) []structure.Violation {
			p, leader, second := b.postOf("secretary").Code, b.postOf("squad-leader"), b.person("member")
			b.join(second, p, "")
			b.join(second, leader.Code, "")
			return []structure.Violation{{
				Rule: "1+1+6.squad-leader", Kind: structure.TooMany, Area: "C1", Want: 1, Got: 2, Since: day(9),
				People: []party.Code{b.holder(leader.Code), second},
			}}
		},
		"no executive deputy": func(b *town) []structure.Violation {
			p := b.postOf("executive-deputy").Code
			b.leave(b.holder(p), p)
			return []structure.Violation{{Rule: "1+1+6.executive-deputy", Kind: structure.TooFew, Area: "C1", Want: 1, Since: day(9)}}
		},
		"deputy is no civil servant": func(b *town) []structure.Violation {
			p := b.postOf("executive-deputy")
			who := b.holder(p.Code)
			i := slices.IndexFunc(b.plan.People, func(p party.Person) bool { return p.Code == who })
			b.plan.People[i].Kinds = []string{"member"}
			v := withWant(broken("1+1+6.executive-deputy", structure.WrongSource, p, who))
			v.Area, v.Since, v.Args = "C1", day(1), []string{"executive-deputy", "civil-servant"}
			return []structure.Violation{v}
		},
		"two postings": func(b *town) []structure.Violation {
			p := b.postOf("squad-member").Code
			who := b.holder(p)
			b.join(who, p, party.Mobile)
			return []structure.Violation{{Rule: "1+1+6.one-posting", Kind: structure.TooMany, Person: who, Want: 1, Got: 2, Since: day(9)}}
		},
		"one unification ends": func(b *town) []structure.Violation {
			b.plan.Facilities[1].During.Until = day(9)
			return []structure.Violation{{
				Rule: "1+1+6.four-unifications", Kind: structure.NoFacility, Area: "C1", Party: b.plan.Facilities[1].Party,
				Want: 1, Since: day(9), Args: []string{"unified-insignia"},
			}}
		},
		"one unification without a date": func(b *town) []structure.Violation {
			b.plan.Facilities[3].During = party.Interval{}
			return []structure.Violation{{
				Rule: "1+1+6.four-unifications", Kind: structure.NoFacility, Area: "C1", Party: b.plan.Facilities[3].Party,
				Want: 1, Args: []string{"unified-support"},
			}}
		},
		"no right to assess": func(b *town) []structure.Violation {
			b.plan.Rights[1].During.Until = day(9)
			return []structure.Violation{{
				Rule: "1+1+6.committee-rights", Kind: structure.NoRight, Area: "C1", Party: b.plan.Rights[1].Holder,
				Want: 1, Since: day(9), Args: []string{"assess"},
			}}
		},
	},
	"guanlan": {
		"no head of a block": func(b *town) []structure.Violation {
			p := b.postOf("block-head")
			b.leave(b.holder(p.Code), p.Code)
			return []structure.Violation{{Rule: "guanlan.block-head", Kind: structure.TooFew, Area: p.Area, Want: 1, Since: day(9)}}
		},
		"head is not in the committee": func(b *town) []structure.Violation {
			p := b.postOf("block-head")
			who := b.holder(p.Code)
			b.leave(who, b.postOf("committee-member").Code)
			v := withWant(broken("guanlan.head-in-committee", structure.NotSame, p, who))
			v.Area = "C1"
			return []structure.Violation{v}
		},
		"lead is no member": func(b *town) []structure.Violation {
			p, who := b.postOf("grid-lead"), b.person("activist")
			b.leave(b.holder(p.Code), p.Code)
			b.join(who, p.Code, "")
			b.join(who, b.postOf("council-member").Code, "")
			v := withWant(broken("guanlan.red-grid-lead", structure.WrongSource, p, who))
			v.Area, v.Args = p.Area, []string{"grid-lead", "member"}
			return []structure.Violation{v}
		},
		"lead is not in the council": func(b *town) []structure.Violation {
			p := b.postOf("grid-lead")
			who := b.holder(p.Code)
			b.leave(who, b.postOf("council-member").Code)
			v := withWant(broken("guanlan.lead-in-council", structure.NotSame, p, who))
			v.Area = "C1B1"
			return []structure.Violation{v}
		},
		"staff of two blocks": func(b *town) []structure.Violation {
			who := b.holder(b.postOf("block-staff").Code)
			posts := b.postsOf("block-staff")
			b.join(who, posts[1], "")
			return []structure.Violation{{Rule: "guanlan.staff-to-block", Kind: structure.TooMany, Person: who, Want: 1, Got: 2, Since: day(9)}}
		},
		"staff of no block": func(b *town) []structure.Violation {
			p := b.postOf("block-staff").Code
			who := b.holder(p)
			b.leave(who, p)
			return []structure.Violation{{Rule: "guanlan.staff-to-block", Kind: structure.TooFew, Person: who, Want: 1, Since: day(9)}}
		},
		"reported in twice": func(b *town) []structure.Violation {
			r := b.plan.Registrations[1]
			r.Area, r.During.From = "C1B2G1", day(9)
			b.plan.Registrations = append(b.plan.Registrations, r)
			return []structure.Violation{{Rule: "guanlan.report-in", Kind: structure.TooMany, Person: r.Person, Want: 1, Got: 2, Since: day(9)}}
		},
		"member not reported in": func(b *town) []structure.Violation {
			b.plan.Registrations[1].During.Until = day(9)
			return []structure.Violation{{Rule: "guanlan.report-in", Kind: structure.TooFew, Person: b.plan.Registrations[1].Person, Want: 1, Since: day(9)}}
		},
	},
	"shenzhen-community": {
		"no station": func(b *town) []structure.Violation {
			b.partyOf("station").During.Until = day(9)
			return []structure.Violation{{Rule: "shenzhen-community.station", Kind: structure.TooFew, Area: "C1", Want: 1, Since: day(9)}}
		},
		"office moves to less than 250": func(b *town) []structure.Violation {
			b.plan.Facilities[0].During.Until = day(9)
			b.facility(b.plan.Facilities[0].Party, "office", 249.99)
			return []structure.Violation{{
				Rule: "shenzhen-community.office", Kind: structure.NoFacility, Area: "C1", Party: b.plan.Facilities[0].Party,
				Want: 250, Got: 249, Since: day(9),
			}}
		},
		"a right elsewhere": func(b *town) []structure.Violation {
			b.plan.Rights[2].Scope = "C1B1" // a part of its area is not its area
			return []structure.Violation{{
				Rule: "shenzhen-community.four-rights", Kind: structure.NoRight, Area: "C1", Party: b.plan.Rights[2].Holder,
				Want: 1, Args: []string{"guarantee"},
			}}
		},
	},
	"part-time": {
		"part-time enforcement": func(b *town) []structure.Violation {
			p, who := b.postOf("enforcement"), b.person()
			b.join(who, p.Code, party.PartTime)
			return []structure.Violation{withWant(broken("part-time.allowed", structure.NotAllowed, p, who))}
		},
	},
	"majiang": {
		"a place too few": func(b *town) []structure.Violation {
			b.postOf("station-chief").Quota = 7
			return []structure.Violation{
				{Rule: "majiang.quota", Kind: structure.TooFew, Want: 44, Got: 43},
				{Rule: "majiang.quota.station-chief", Kind: structure.TooFew, Want: 8, Got: 7},
			}
		},
		"more people than places": func(b *town) []structure.Violation {
			p := b.postOf("centre-staff")
			b.join(b.person(), p.Code, "")
			v := broken("majiang.filled", structure.OverQuota, p, "")
			v.Party, v.Want, v.Got = p.Party, 4, 5
			return []structure.Violation{v}
		},
		"no cleaner": func(b *town) []structure.Violation {
			p := b.postOf("grid-cleaner")
			b.leave(b.holder(p.Code), p.Code)
			return []structure.Violation{{
				Rule: "majiang.team.grid-cleaner", Kind: structure.TooFew, Area: p.Area, Want: 1, Since: day(9), Args: []string{"people", "grid-cleaner"},
			}}
		},
		"legal officer is resident": func(b *town) []structure.Violation {
			p := b.postOf("legal-officer")
			who := b.holder(p.Code)
			b.leave(who, p.Code)
			b.join(who, p.Code, party.Resident)
			v := withWant(broken("majiang.team.legal-officer", structure.WrongAppointment, p, who))
			v.Area = p.Area
			return []structure.Violation{v}
		},
		"supervisor was not elected": func(b *town) []structure.Violation {
			p, who := b.postOf("livelihood-supervisor"), b.person()
			b.leave(b.holder(p.Code), p.Code)
			b.join(who, p.Code, party.Volunteer)
			v := withWant(broken("majiang.team.livelihood-supervisor", structure.WrongSource, p, who))
			v.Area = p.Area
			return []structure.Violation{v}
		},
		"two captains": func(b *town) []structure.Violation {
			p, who := b.postOf("building-captain"), b.person()
			b.join(who, p.Code, party.Volunteer)
			b.join(who, b.postOf("security-informant").Code, party.Volunteer)
			return []structure.Violation{{Rule: "majiang.captain", Kind: structure.TooMany, Place: p.Place, Want: 1, Got: 2, Since: day(9)}}
		},
		"no captain": func(b *town) []structure.Violation {
			p := b.postOf("building-captain")
			b.leave(b.holder(p.Code), p.Code)
			return []structure.Violation{{Rule: "majiang.captain", Kind: structure.TooFew, Place: p.Place, Want: 1, Since: day(9)}}
		},
		"a leader of four grids": func(b *town) []structure.Violation {
			heads := b.postsOf("grid-head")
			many, few := b.holder(heads[0]), b.holder(heads[5]) // 22 leaders in turn: three grids each
			b.leave(few, heads[5])
			b.join(many, heads[5], "")
			return []structure.Violation{{
				Rule: "majiang.leader-grids", Kind: structure.TooMany, Person: many, Want: 3, Got: 4, Since: day(9), Args: []string{"areas", "grid"},
			}}
		},
		"head is not on the establishment": func(b *town) []structure.Violation {
			establishment, heads := b.postOf("grid-leader").Code, b.postsOf("grid-head")
			who := b.holder(heads[0])
			b.leave(who, establishment)
			var want []structure.Violation
			for _, c := range []party.Code{heads[0], heads[22], heads[44]} {
				want = append(want, withWant(structure.Violation{Rule: "majiang.leaders", Kind: structure.NotSame, Post: c, Person: who, Since: day(9)}))
			}
			slices.SortFunc(want, func(x, y structure.Violation) int { return cmp.Compare(x.Post, y.Post) })
			return want
		},
		"two heads of one grid": func(b *town) []structure.Violation {
			heads := b.postsOf("grid-head")
			b.join(b.holder(heads[10]), heads[11], "")
			return []structure.Violation{{Rule: "majiang.team.grid-head", Kind: structure.TooMany, Area: b.areaOf(heads[11]), Want: 1, Got: 2, Since: day(9)}}
		},
	},
}

func withWant(v structure.Violation) structure.Violation { v.Want = 1; return v }

func (b *town) postsOf(role string) (l []party.Code) {
	for _, p := range b.plan.Posts {
		if p.Role == role {
			l = append(l, p.Code)
		}
	}
	return l
}

func (b *town) areaOf(post party.Code) party.Code {
	return b.plan.Posts[slices.IndexFunc(b.plan.Posts, func(p party.Post) bool { return p.Code == post })].Area
}

func compilePreset(t require.TestingT, name string) *structure.Rules {
	rules, ok := structure.Preset(name, structure.PresetOptions{})
	require.True(t, ok)
	r, err := structure.Compile(rules)
	require.NoError(t, err)
	return r
}

// TestPresetsFindWhatIsPlanted: a valid town has no violation from day 1 on, and
// one with a fault has that one, with where, who and since when, and no other.
func TestPresetsFindWhatIsPlanted(t *testing.T) {
	require.ElementsMatch(t, structure.Presets(), keysOf(towns))
	maps := map[grid.Code]*grid.Map{} // by their last unit
	for _, preset := range structure.Presets() {
		rules := compilePreset(t, preset)
		audit := func(t *rapid.T, b *town) ([]structure.Violation, []structure.Violation) {
			last := b.units[len(b.units)-1].Code
			m := maps[last]
			if m == nil {
				m = build(t, b.units)
				maps[last] = m
			}
			d, err := party.NewDirectory(m, b.plan)
			require.NoError(t, err)
			return rules.Audit(d, m, day(12)), rules.AuditDuring(d, m, party.Interval{From: day(1)})
		}
		t.Run(preset+"/valid", rapid.MakeCheck(func(t *rapid.T) {
			now, ever := audit(t, newTown(t, preset))
			require.Empty(t, now)
			require.Empty(t, ever)
		}))
		for name, plant := range plants[preset] {
			t.Run(preset+"/"+name, rapid.MakeCheck(func(t *rapid.T) {
				b := newTown(t, preset)
				want := plant(b)
				got, _ := audit(t, b)
				require.Len(t, got, len(want), "%v", got)
				for i, v := range got {
					if want[i].People == nil {
						v.People = nil
					}
					if want[i].Args == nil {
						v.Args = nil
					}
					require.Equal(t, want[i].Since, v.Since)
					require.Equal(t, want[i], v)
				}
			}))
		}
	}
}

func keysOf[K comparable, V any](m map[K]V) (l []K) {
	for k := range m {
		l = append(l, k)
	}
	return l
}

func TestEveryPresetCompilesTogetherAndHasABasis(t *testing.T) {
	var all []structure.Rule
	for _, name := range structure.Presets() {
		en, ok := structure.Preset(name, structure.PresetOptions{})
		require.True(t, ok)
		zh, _ := structure.Preset(name, structure.PresetOptions{Lang: "zh", Levels: map[string]string{"grid": "网格", "community": "社区"}})
		for i := range en {
			require.NotEmpty(t, en[i].Basis)
			require.NotEmpty(t, zh[i].Basis)
			require.NotEqual(t, en[i].Basis, zh[i].Basis)
			require.NotEqual(t, "grid", zh[i].Per.Name)
		}
		all = append(all, en...)
	}
	rules, err := structure.Compile(all)
	require.NoError(t, err)
	text, err := json.Marshal(slices.Collect(rules.All()))
	require.NoError(t, err)
	read, err := structure.Decode(text)
	require.NoError(t, err)
	require.Equal(t, slices.Collect(rules.All()), read)
	_, ok := structure.Preset("elsewhere", structure.PresetOptions{})
	require.False(t, ok)
}
