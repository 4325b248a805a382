package street

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/textenc"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

// structureConfig is "structure" of street.json: names of presets, or an object
// that also says how the levels of the presets are called here.
type structureConfig struct {
	Presets []string          `json:"presets"`
	Levels  map[string]string `json:"levels"`
}

// UnmarshalJSON reads a list of names or the object.
func (c *structureConfig) UnmarshalJSON(data []byte) error {
	if data[0] == '[' {
		return json.Unmarshal(data, &c.Presets)
	}
	type plain structureConfig
	return json.Unmarshal(data, (*plain)(c))
}

// levelWords are the usual names of the levels that presets speak of.
var levelWords = map[string][]string{
	"community": {"社区"}, "block": {"街区"}, "grid": {"网格", "基础网格", "红色网格"},
}

const structureName = "structure.json"

// structure reads the rules of how the street must be set up: presets that
// street.json names, then those of structure.json.
func (l *loader) structure(c config) {
	var rules []structure.Rule
	levels := map[string]string{}
	for word, names := range levelWords {
		for _, name := range names {
			if slices.Contains(l.out.Levels, name) {
				levels[word] = name
			}
		}
	}
	for word, name := range c.Structure.Levels {
		levels[word] = name
	}
	for _, name := range c.Structure.Presets {
		preset, ok := structure.Preset(name, structure.PresetOptions{Levels: levels})
		if !ok {
			l.configFault("unknown-preset", "structure", name)
		}
		rules = append(rules, preset...)
	}
	data, file, ok := l.open(structureName)
	if ok && data != nil {
		text, _, err := textenc.Decode(data)
		if err != nil {
			l.encodingFault(file, err)
			return
		}
		own, err := structure.Decode(text)
		l.structureFaults(file, err)
		rules = append(rules, own...)
	}
	if len(rules) == 0 {
		return
	}
	compiled, err := structure.Compile(rules)
	l.structureFaults(configName, err) // of structure.json's own rules Decode has told
	l.out.Structure = compiled
}

func (l *loader) structureFaults(file string, err error) {
	list, ok := errors.AsType[*structure.CompileError](err)
	if !ok {
		return
	}
	for _, e := range list.Faults {
		what := *e
		what.Line, what.Column = 0, 0 // the Finding says where
		l.fault(Finding{
			Code: "bad-rule", File: file, Line: e.Line, Column: e.Column, Unit: e.Rule, Err: e,
			Said: map[string]string{"en": what.Text("en"), "zh": what.Text("zh")},
		})
	}
	l.left += list.Left
}

// AuditStructure answers where the street is not set up as its structure rules
// ask, at an instant: warnings, or errors in a strict street. Who sits on councils it
// knows by their posts alone; see Street.AuditStructure.
func (f *Folder) AuditStructure(at time.Time) []Finding { return f.auditStructure(f.Structure, at) }

// AuditStructure is the folder's, with the seats of the councils that the street has
// recorded.
func (s *Street) AuditStructure(ctx context.Context, at time.Time) ([]Finding, error) {
	var seats []structure.Seat
	err := s.host.View(ctx, func(m *machine) {
		for c := range m.council.Councils() {
			for x := range m.council.Seats(c.Code) {
				seat := structure.Seat{Council: c.Code, Area: c.Area, Person: x.Person, Vote: x.Vote, During: party.Interval{From: x.From, Until: x.Until}}
				if end := c.DissolvedAt; !end.IsZero() && (x.Until.IsZero() || end.Before(x.Until)) {
					seat.During.Until = end
				}
				seats = append(seats, seat)
			}
		}
	})
	return s.folder.auditStructure(s.folder.Structure.Seated(seats), at), err
}

func (f *Folder) auditStructure(rules *structure.Rules, at time.Time) []Finding {
	if rules == nil {
		return nil
	}
	var list []Finding
	names := []*Names{f.Names("en"), f.Names("zh")}
	for _, v := range rules.Audit(f.Directory, f.Map, at) {
		x := Finding{Level: Warning, Code: "structure." + string(v.Kind), Unit: v.Area, Said: map[string]string{}}
		if f.Strict {
			x.Level = Error
		}
		for _, n := range names {
			code := "structure-since"
			if v.Since.IsZero() {
				code = "structure-always"
			}
			x.Said[n.lang] = catalog.Text(n.lang, code, string(v.Rule), n.Violation(v), since(v.Since, f.Zone))
		}
		list = append(list, x)
	}
	return list
}

// since is a day, or an instant that is not a midnight, in the street's zone.
func since(at time.Time, zone *time.Location) string {
	local := at.In(zone)
	if h, m, s := local.Clock(); h+m+s == 0 {
		return local.Format(time.DateOnly)
	}
	return local.Format(time.RFC3339)
}
