package street

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// duties reads matters.csv and duties.csv and compiles the responsibility list.
func (l *loader) duties() {
	before := len(l.faults)
	l.matters()
	if l.opts.NoDuties {
		return
	}
	versions, editions := l.versions()
	standards := l.standards()
	places := map[Code]columnOf{}
	found := l.rows(dutiesFile, func(r *row) {
		rule := r.rule()
		if layer, ok := ownerLayer(rule.Party); ok {
			r.checkLayer(layer)
		} else {
			r.checkParty(&rule)
		}
		r.checkArea("area", rule.Area)
		r.checkClass()
		if rule.Version != "" && editions != nil && !editions[rule.Version] {
			r.fault("unknown-version", "version", nil)
		}
		if r.bad || rule.Party == "" {
			return
		}
		if first, ok := places[rule.ID]; ok {
			r.fault("duplicate", "id", nil, fmt.Sprint(first.line))
			return
		}
		places[rule.ID] = r.remember("id", "role", "matter", "party", "area", "class", "window", "min_cost", "max_cost", "until", "mode")
		l.out.Rules = append(l.out.Rules, rule)
		if layer, ok := ownerLayer(rule.Party); ok {
			if at, there := slices.BinarySearch(l.out.ownerLayers, layer); !there {
				l.out.ownerLayers = slices.Insert(l.out.ownerLayers, at, layer)
			}
		}
	})
	if !l.areasOK || !l.partiesOK || l.out.Calendar == nil || len(l.faults) > before && editions != nil {
		return // a list cannot be judged without its parts; their faults are told
	}
	list, err := dispatch.Compile(l.out.Matters, l.out.Rules, l.out.Map, l.out.Directory, dispatch.Options{Calendar: l.out.Calendar, Zone: l.zone, Versions: versions, Standards: standards})
	if build, ok := errors.AsType[*dispatch.BuildError](err); ok {
		l.ruleFaults(build, places)
		return
	}
	l.out.List = list
	if found && len(l.faults) == before {
		l.listFindings(list.Findings(), places)
		if standards.Len() == 0 {
			l.missingBudgets(places)
			return
		}
		unlimited := slices.DeleteFunc(slices.Clone(list.Prove().Findings), func(f dispatch.Finding) bool { return f.Code != dispatch.FindingNoBudget })
		l.listFindings(unlimited, places) // leads that neither a rule nor a standard gives a limit
	}
}

// checkParty makes an unknown party a fault, or, for a tolerant load, an error
// that leaves the rule out.
func (r *row) checkParty(rule *dispatch.Rule) {
	rule.Party = r.partyOrFinding("party", rule.Party, rule.ID)
}

// ownerLayer is the layer of a rule for "owner(layer)".
func ownerLayer(party Code) (layer string, ok bool) {
	layer, ok = strings.CutPrefix(string(party), "owner(")
	return strings.TrimSuffix(layer, ")"), ok && strings.HasSuffix(layer, ")")
}

// checkLayer makes a layer that street.json does not name a fault, and warns about
// features of it whose owner is not in parties.csv: cases there would go to nobody.
func (r *row) checkLayer(layer string) {
	layers := r.load.out.Layers
	if !slices.Contains(layers.Names(), layer) {
		if !r.load.layered || layers != nil { // else the layers are at fault themselves
			r.fault("unknown-layer", "party", nil, layer)
		}
		return
	}
	n, first := 0, grid.FeatureInfo{}
	for f := range layers.Layer(layer) {
		if info := layers.Info(f); info.Owner != "" && !r.load.knownParty(info.Owner) {
			if n++; n == 1 {
				first = info
			}
		}
	}
	if n > 0 {
		r.warn("unknown-owner", "party", fmt.Sprint(n), string(first.Code), string(first.Owner))
	}
}

// partyOrFinding is the party of a column. One that nobody knows is a fault or, for a
// tolerant load, an error about the unit, and then "".
func (r *row) partyOrFinding(column string, c, unit Code) Code {
	switch {
	case r.load.knownParty(c):
		return c
	case !r.load.opts.Tolerant:
		r.fault("unknown-party", column, dispatch.ErrUnknownParty)
	default:
		f := r.place(column)
		f.Level, f.Code, f.Unit, f.Args = Error, "unknown-party", cmp.Or(unit, c), []string{column, string(c)}
		r.load.note(f)
	}
	return ""
}

// missingBudgets tells, in one finding, how many lead rules have no time limit:
// their cases are only due when the source says when.
func (l *loader) missingBudgets(places map[Code]columnOf) {
	count, first := 0, Code("")
	for _, r := range l.out.Rules {
		if r.Role == dispatch.Lead && r.Budget.IsZero() {
			if count == 0 {
				first = r.ID
			}
			count++
		}
	}
	if count == 0 {
		return
	}
	f := places[first].finding("id")
	f.Level, f.Code, f.Unit, f.Args = Warning, "no-budget", first, []string{fmt.Sprint(count), string(first)}
	if l.out.Strict {
		f.Level = Error
	}
	l.note(f)
}

// rule reads one line of the responsibility list.
func (r *row) rule() dispatch.Rule {
	return dispatch.Rule{
		ID:     r.code("id"),
		Role:   r.ruleRole(),
		Matter: r.matterPrefix(), Party: r.code("party"), Area: r.wild("area"),
		Class: r.cell("class"), Condition: r.cell("condition"), Channel: r.cell("channel"), Window: valueName("window", r.cell("window")),
		MinCost: int64(r.yuan("min_cost")), MaxCost: int64(r.yuan("max_cost")), During: r.interval(),
		Mode: dispatch.Mode(r.choice("mode", "separate", "self", "claim")), Budget: r.budget("budget"),
		Precedence: int(r.whole("precedence", -1_000_000, 1_000_000)), Basis: r.cell("basis"), Version: r.optional("version"),
	}
}

func (r *row) ruleRole() dispatch.Role {
	role := r.choice("role", "lead", "assist", "regulator", "rectifier", "notify")
	if role == "" && r.cell("role") == "" {
		r.fault("empty-cell", "role", nil)
	}
	return dispatch.Role(role)
}

func (r *row) matterPrefix() Code {
	if r.cell("matter") == string(dispatch.Any) {
		return dispatch.Any
	}
	return r.code("matter")
}

// ruleFaults puts the List's faults where they stand in duties.csv.
func (l *loader) ruleFaults(build *dispatch.BuildError, places map[Code]columnOf) {
	follow := false
	for _, e := range build.Faults {
		f := places[e.Rule].finding(e.Field)
		if e.Rule == "" && e.Matter != "" && e.Index >= 0 && e.Index < len(l.matterRows) {
			f = l.matterRows[e.Index].finding(e.Field)
			f.Code, f.Err, f.Unit, f.Said = "bad-matter", e, e.Matter, map[string]string{"en": e.Text("en"), "zh": e.Text("zh")}
			f.Args = []string{string(e.Matter), e.Err.Error()}
			if errors.Is(e, dispatch.ErrDuplicate) && e.Value != "" { // a word twice in one cell
				f.Said = saidTwice(f, e.Field, e.Value)
			}
			l.fault(f)
			continue
		}
		if f.File == "" {
			f.File = dutiesFile.Name
		}
		f.Code, f.Err, f.Unit = "bad-rule", e, e.Rule
		f.Said = map[string]string{"en": e.Text("en"), "zh": e.Text("zh")}
		if errors.Is(e, dispatch.ErrUnknownParty) {
			f.Code, f.Args, f.Said = "unknown-party", []string{"party", e.Value}, nil
		}
		follow = follow || l.follows(&f)
		l.fault(f)
	}
	if !follow { // else those left out may be more of the same
		l.left += build.Left
	}
}

// listFindings turns the List's own findings (gaps, ties, dead rules) into the
// folder's. A tie that needs a place with two classes of one layer is none here: an event
// of a folder takes the first class of each.
func (l *loader) listFindings(list []dispatch.Finding, places map[Code]columnOf) {
	for _, lf := range list {
		if lf.Code == dispatch.FindingCrossing {
			continue
		}
		f := Finding{File: dutiesFile.Name}
		if len(lf.Rules) > 0 {
			f = places[lf.Rules[0]].finding("id")
			f.Unit = lf.Rules[0]
		}
		f.Level, f.Code = Warning, string(lf.Code)
		if lf.Severity == dispatch.SeverityError {
			f.Level = Error
		}
		f.Said = map[string]string{"en": localTimes(lf.Text("en"), l.zone), "zh": localTimes(lf.Text("zh"), l.zone)}
		l.note(f)
	}
}

// funds reads funds.csv.
func (l *loader) funds() {
	seen := map[Code]int{}
	l.fundCodes = map[Code]bool{}
	l.rows(fundsFile, func(r *row) {
		special, _ := r.truth("special")
		f := Fund{
			Open: finance.Open{
				Line: r.code("code"), Name: r.required("name"), Party: r.code("party"), Purpose: r.code("purpose"),
				Year: int(r.year()), Source: finance.Source(cmp.Or(r.choice("source", "finance", "department", "social"), "finance")), Special: special,
			},
			Amount: r.yuan("amount"),
		}
		if r.cell("amount") == "" {
			r.fault("empty-cell", "amount", nil)
		}
		if line, ok := seen[f.Open.Line]; ok {
			r.fault("duplicate", "code", nil, fmt.Sprint(line))
		}
		seen[f.Open.Line] = r.Line
		l.fundCodes[f.Open.Line] = true
		if !l.knownParty(f.Open.Party) {
			r.fault("unknown-party", "party", party.ErrUnknownParty)
		}
		if !r.bad {
			l.out.Funds = append(l.out.Funds, f)
		}
	})
}

func (r *row) year() int64 {
	if r.cell("year") == "" {
		r.fault("empty-cell", "year", nil)
		return 0
	}
	return r.whole("year", 1949, 2200)
}
