// Package structure checks how a subdistrict is set up (组织架构核查) against rules
// that are data: who leads what and as what else (一肩挑), how many posts and places
// there are, whether every grid has its whole team, what each committee and squad
// must have and may do.
//
// Rules is immutable and safe for concurrent use. Compile checks rules and reports
// every fault at once, Decode reads them from JSON, Preset has those of published
// schemes. Audit answers every violation of one instant and AuditDuring those of an
// interval: what is broken, where, by whom, what was asked for and what there is,
// and since when without a break.
//
//	{"rules": [
//	  {"id": "leader", "role": "squad-leader", "per": "area:community", "count": 1, "same_as": "secretary"},
//	  {"id": "legal", "role": "legal-officer", "per": "area:grid", "count": {"min": 1}, "source": "seconded"}
//	]}
//
// A rule is checked in each of its units by itself: the whole subdistrict, each area
// of a level, each party of a kind, each building. Only what is active counts, and
// every fact counts from its From up to, not including, its Until. Areas and the map
// are those of the instant of the audit: with other boundaries at other times,
// audit each time with its map.
package structure
