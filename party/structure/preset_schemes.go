package structure

import "github.com/gridgov/gridgov/party"

func onePlusOnePlusSix() preset {
	p := preset{name: "1+1+6"}
	community := EachArea("community")
	p.demand(Rule{ID: "leading-group", Kind: Parties, Parties: []string{"leading-group"}, Per: Street(), Count: Exactly(1)},
		"The subdistrict has one leading group for comprehensive governance.", "街道成立一个社区综合治理领导小组。")
	p.demand(Rule{ID: "group-head", Role: []string{"group-head"}, Per: Street(), Count: Exactly(1), SameAs: []string{"street-secretary"}},
		"The secretary of the subdistrict's Party committee heads the group.", "街道党工委书记任领导小组组长。")
	p.demand(Rule{ID: "information-centre", Kind: Parties, Parties: []string{"information-centre"}, Per: Street(), Count: Exactly(1)},
		"The subdistrict has one centre for information.", "街道设一个信息化管理中心。")
	p.demand(Rule{ID: "squad", Kind: Parties, Parties: []string{"squad"}, Per: community, Count: Exactly(1)},
		"Each community has one squad.", "每个社区一支综合治理中队。")
	p.demand(Rule{
		ID: "squad-leader", Role: []string{"squad-leader"}, Per: community, Count: Exactly(1),
		SameAs: []string{"secretary"}, SameIn: []string{"committee"},
	}, "The secretary of the community's committee leads its squad.", "社区党委书记兼任本社区中队长，一肩挑。")
	p.demand(Rule{
		ID: "executive-deputy", Role: []string{"executive-deputy"}, Per: community, Count: Exactly(1),
		Source: []string{"civil-servant", "member"}, SameAs: []string{"deputy-secretary"}, SameIn: []string{"committee"},
	}, "A civil servant of the subdistrict who is a Party member is executive deputy of the squad and deputy secretary of the committee.",
		"常务副中队长由街道党员公职人员担任，兼任社区党委副书记。")
	p.demand(Rule{ID: "one-posting", Kind: Postings, Role: []string{"squad-member"}, Count: AtMost(1)},
		"Somebody sent to the squads, resident or mobile, is in one of them at a time.", "下沉人员无论常驻还是机动，同一时间只在一支中队。")
	p.demand(Rule{
		ID: "four-unifications", Kind: Facilities, Parties: []string{"squad"}, Dated: true,
		Facilities: []string{"unified-management", "unified-insignia", "unified-equipment", "unified-support"},
	}, "The squads have one management, insignia, equipment and support.", "中队统一管理、统一标识、统一装备、统一保障。")
	p.demand(Rule{
		ID: "committee-rights", Kind: Rights, Parties: []string{"committee"},
		Rights: []party.RightKind{party.RightCommand, party.RightAssess},
	}, "The community's committee commands those who work there and assesses them.", "社区党委享有统一指挥权和监督考核权。")
	return p
}

func guanlan() preset {
	p := preset{name: "guanlan"}
	p.demand(Rule{ID: "block-head", Role: []string{"block-head"}, Per: EachArea("block"), Count: Exactly(1)},
		"Each block has one head.", "每个街区有一名负责人。")
	p.demand(Rule{
		ID: "head-in-committee", Role: []string{"block-head"}, Per: EachArea("community"),
		SameAs: []string{"committee-member", "secretary", "deputy-secretary"}, SameIn: []string{"committee"},
	}, "The heads of blocks are members of their community's committee.", "街区负责人由本社区党委班子成员担任。")
	p.demand(Rule{
		ID: "red-grid-lead", Role: []string{"grid-lead"}, Per: EachArea("grid"), Count: Exactly(1), Source: []string{"member"},
	}, "Each red grid has one lead, who is a Party member.", "每个红色网格有一名党员牵头人。")
	p.demand(Rule{
		ID: "lead-in-council", Role: []string{"grid-lead"}, Per: EachArea("block"), SameAs: []string{"council-member"},
	}, "The leads of red grids sit in the council of their block.", "红色网格牵头人均为所在街区理事会理事。")
	p.demand(Rule{
		ID: "staff-to-block", Kind: Areas, In: []string{"community-office", "service-centre"}, Per: EachArea("block"), Count: Exactly(1),
	}, "All staff of the two offices and the centre are matched to one block each.", "社区两办一中心工作人员一一对应到街区。")
	p.demand(Rule{ID: "report-in", Kind: Registrations, Registration: party.ReportIn, Count: Exactly(1)},
		"Party members report in to one red grid each.", "党员向一个红色网格报到。")
	return p
}

func shenzhenCommunity() preset {
	p := preset{name: "shenzhen-community"}
	boards := []struct{ kind, en, zh string }{
		{"committee", "Each community has one Party committee.", "每个社区设一个党委。"},
		{"residents-committee", "Each community has one residents' committee.", "每个社区设一个居委会。"},
		{"station", "Each community has one work station.", "每个社区设一个工作站。"},
	}
	for _, b := range boards {
		p.demand(Rule{ID: Code(b.kind), Kind: Parties, Parties: []string{b.kind}, Per: EachArea("community"), Count: Exactly(1)}, b.en, b.zh)
	}
	p.demand(Rule{ID: "four-rights", Kind: Rights, Parties: []string{"committee"}, Rights: []party.RightKind{
		party.RightAppoint, party.RightDecide, party.RightGuarantee, party.RightManage,
	}}, "The committee appoints, decides what matters, guarantees leadership and supervises.",
		"社区党委行使人事安排权、重要事项决定权、领导保障权和管理监督权。")
	p.demand(Rule{ID: "office", Kind: Facilities, Parties: []string{"committee"}, Facilities: []string{"office"}, SquareMeters: 250},
		"A community's offices have 250 m² or more.", "社区办公场所不少于250平方米。")
	p.demand(Rule{ID: "service-centre", Kind: Facilities, Parties: []string{"committee"}, Facilities: []string{"service-centre"}, SquareMeters: 400},
		"Its service centre for the Party and the people has 400 m² or more.", "党群服务中心不少于400平方米。")
	return p
}

func partTime() preset {
	p := preset{name: "part-time"}
	p.demand(Rule{ID: "allowed", Kind: Allowed, As: []party.AppointmentKind{party.PartTime}, Role: []string{
		"property-staff", "party-member", "building-captain", "delegate", "volunteer",
	}}, "Part-time grid workers are staff of property managers, Party members, captains of buildings, delegates and committee members, and volunteers.",
		"兼职网格员由物业人员、党员、楼栋长、两代表一委员和志愿者担任。")
	return p
}
