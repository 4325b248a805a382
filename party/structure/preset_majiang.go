package structure

import "github.com/gridgov/gridgov/party"

func majiang() preset {
	p := preset{name: "majiang"}
	p.establishment()
	p.demand(Rule{ID: "station", Kind: Parties, Parties: []string{"station"}, Per: EachArea("community"), Count: Exactly(1)},
		"Each community has one grid station.", "每个社区设一个网格工作站。")
	p.demand(Rule{ID: "leaders", Role: []string{"grid-head"}, Per: Street(), Count: Exactly(22), SameAs: []string{"grid-leader"}},
		"The 22 grid leaders on the establishment lead the grids.", "网格长由22名在编网格长担任。")
	p.demand(Rule{ID: "leader-grids", Kind: Areas, Role: []string{"grid-head"}, Through: []string{"grid-head"}, Per: EachArea("grid"), Count: Between(1, 3)},
		"22 leaders share 45 grids: two each, and one of them three.", "22名网格长分管45个网格，每人两个，一人三个。")
	p.team()
	p.demand(Rule{
		ID: "captain", Role: []string{"building-captain"}, Per: EachBuilding(""), Count: Exactly(1), SameAs: []string{"security-informant"},
	}, "Each building has one captain, who is its informant on security too.", "每栋楼一名楼栋长，兼任治安信息员。")
	p.demand(Rule{ID: "report-in", Kind: Registrations, Registration: party.ReportIn, Count: AtMost(1)},
		"Members in service report in to one community each.", "在职党员向一个社区报到。")
	return p
}

// establishment is the 44 places of the two service centres.
func (p *preset) establishment() {
	places := []struct {
		role   string
		n      int
		en, zh string
	}{
		{"centre-leader", 10, "10 of the 44 places are for leaders of the two centres.", "44个编制中，两个中心领导职数10名。"},
		{"centre-staff", 4, "4 places are for staff of the centres.", "中心工作人员编制4名。"},
		{"station-chief", 8, "8 places are for chiefs of the stations.", "社区网格站长编制8名。"},
		{"grid-leader", 22, "22 places are for grid leaders.", "网格长编制22名。"},
	}
	var all []string
	for _, x := range places {
		all = append(all, x.role)
		p.demand(Rule{ID: Code("quota." + x.role), Kind: Quotas, Role: []string{x.role}, Per: Street(), Count: Exactly(x.n)}, x.en, x.zh)
	}
	p.demand(Rule{ID: "quota", Kind: Quotas, Role: all, Per: Street(), Count: Exactly(44)},
		"44 places were moved to the communities.", "统筹划转44个事业编制到社区。")
	p.demand(Rule{ID: "filled", Kind: Filled, Role: all},
		"No more people than places.", "在岗人数不超过编制。")
}

// team is the eight who look after each grid (管家团队).
func (p *preset) team() {
	for _, x := range []struct {
		role, source string
		as           []party.AppointmentKind
		count        *Count
		en, zh       string
	}{
		{"grid-head", "establishment", nil, Exactly(1), "Each grid has one head, who is on the establishment.", "每个网格一名网格长，由在编在岗干部担任。"},
		{"grid-assistant", "", nil, AtLeast(1), "Each grid has an assistant.", "每个网格有网格协管员。"},
		{"police-officer", "", nil, AtLeast(1), "Each grid has the police officer of its district.", "每个网格有片区民警。"},
		{"fire-liaison", "", nil, AtLeast(1), "Each grid has a liaison for fire safety.", "每个网格有消防联络员。"},
		{"legal-officer", "seconded", []party.AppointmentKind{party.PartTime}, AtLeast(1), "Each grid has a legal officer, sent by the legal departments part-time.", "每个网格有法律服务员，由政法部门下派干部兼任。"},
		{"mass-worker", "", nil, AtLeast(1), "Each grid has a worker for the people's concerns.", "每个网格有群众工作员。"},
		{"livelihood-supervisor", "elected", nil, AtLeast(1), "Each grid has a supervisor elected by its residents.", "每个网格有民生监督员，由居民选举产生。"},
		{"grid-cleaner", "", nil, AtLeast(1), "Each grid has a cleaner.", "每个网格有网格保洁员。"},
	} {
		r := Rule{ID: Code("team." + x.role), Role: []string{x.role}, Per: EachArea("grid"), Count: x.count, As: x.as}
		if x.source != "" {
			r.Source = []string{x.source}
		}
		p.demand(r, x.en, x.zh)
	}
}
