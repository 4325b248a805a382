package street

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/internal/jsonname"
	"github.com/gridgov/gridgov/internal/textenc"
)

const (
	configName   = "street.json"
	commandsName = "commands.jsonl"
)

// config is street.json.
type config struct {
	Format       int                     `json:"format"`
	Name         string                  `json:"name"`
	Levels       []levelConfig           `json:"levels"`
	TimeZone     string                  `json:"time_zone"`
	CRS          string                  `json:"crs"`
	Hours        *hoursConfig            `json:"hours"`
	Strict       bool                    `json:"strict"`
	Layers       []layerConfig           `json:"layers"`
	Hierarchies  []hierarchyConfig       `json:"hierarchies"`
	EvaluateFrom string                  `json:"evaluate_from"`
	Attribution  string                  `json:"attribution"`
	Structure    structureConfig         `json:"structure"`
	Notices      map[string]noticeConfig `json:"notices"`
	Policy       *policyConfig           `json:"policy"`
	Counts       []string                `json:"counts"`
}

type levelConfig struct {
	Name string `json:"name"`
	File string `json:"file"`
}

type hoursConfig struct {
	Windows  []string `json:"windows"`
	Week     string   `json:"week"`
	Holidays string   `json:"holidays"`
}

// configKeys are the keys of street.json, and of its hours and policy objects.
var configKeys = map[string][]string{
	"":       {"format", "name", "levels", "time_zone", "crs", "hours", "strict", "layers", "hierarchies", "evaluate_from", "attribution", "structure", "notices", "policy", "counts"},
	"hours":  {"windows", "week", "holidays"},
	"notice": {"head", "below", "lead", "staff", "counts", "attributes", "council"},
	"policy": {"desk", "register", "dispatch", "ack", "verify", "close", "review", "answer", "return", "dispute", "suspend", "floor", "reopen", "archive", "admission", "fresh", "reworks", "proved", "duplicates", "duplicate_score"},
}

// readConfig reads and checks street.json. It reports false when nothing else
// can be read without it.
func (l *loader) readConfig() (config, bool) {
	var c config
	data, file, ok := l.open(configName)
	if !ok {
		l.fault(Finding{Code: "missing-file", File: configName})
		return c, false
	}
	if data == nil {
		return c, false
	}
	text, _, err := textenc.Decode(data)
	if err != nil {
		l.encodingFault(file, err)
		return c, false
	}
	if !l.decodeConfig(file, text, &c) {
		return c, false
	}
	l.configText = text
	if c.Policy != nil && c.Policy.Proved {
		l.out.provedLine, l.out.provedColumn = keyPlace(text, "policy", "proved")
	}
	l.unknownKeys(file, text)
	return c, l.checkConfig(file, text, c)
}

// decodeConfig reads the object key by key, so that a value of the wrong kind hides no
// other fault. Text that is no JSON object, or has a key twice, is not read at all.
func (l *loader) decodeConfig(file string, text []byte, c *config) bool {
	f := Finding{File: file}
	members, at, err := jsonMembers(text)
	if err != nil {
		f.Code, f.Err, f.Args = "bad-json", err, []string{err.Error()}
		f.Line, f.Column = position(text, at)
		l.fault(f)
		return false
	}
	if name, twice := jsonname.Repeated(text); twice {
		f.Code, f.Args = "key-repeated", []string{name}
		f.Line, f.Column = keyPlace(text, name)
		l.fault(f)
		return false
	}
	for _, m := range members {
		before := `{` + m.quoted + `:`
		err := json.Unmarshal([]byte(before+string(m.value)+`}`), c)
		if err == nil {
			continue
		}
		f := Finding{Code: "bad-json", File: file, Err: err, Args: []string{err.Error()}}
		f.Line, f.Column = position(text, m.at)
		if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			f.Code, f.Args = "bad-type", []string{cmp.Or(e.Field, m.name)}
			if want := kindNames[e.Type.Kind()]; want != "" {
				f.Code += "." + want
			}
			if within := int(e.Offset) - len(before); strings.HasPrefix(e.Field, m.name) && within > 0 && within <= len(m.value) {
				f.Line, f.Column = position(text, m.at+valueStart(m.value, within))
			}
		}
		l.fault(f)
		l.spoilt = append(l.spoilt, m.name)
	}
	return true
}

// position is the line and the column, in characters, of a byte offset.
func position(text []byte, offset int) (line, column int) {
	before := text[:max(0, min(offset, len(text)))]
	line = bytes.Count(before, []byte("\n")) + 1
	column = len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
	return line, column
}

// keyPlace is where a key of a JSON object stands, below the keys that lead to it; where
// it stands first in the text when it is not there.
func keyPlace(text []byte, path ...string) (line, column int) {
	if at := keyOffset(text, path); at >= 0 {
		return position(text, at)
	}
	return position(text, bytes.Index(text, []byte(`"`+path[len(path)-1]+`"`)))
}

func (l *loader) unknownKeys(file string, text []byte) {
	var top map[string]json.RawMessage
	if json.Unmarshal(text, &top) != nil {
		return
	}
	strange := func(object string, keys map[string]json.RawMessage, path ...string) {
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if slices.Contains(configKeys[object], key) {
				continue
			}
			f := Finding{Level: Warning, Code: "unknown-key", File: file, Args: []string{key}}
			f.Line, f.Column = keyPlace(text, append(path, key)...)
			if i := slices.IndexFunc(configKeys[object], func(k string) bool { return strings.EqualFold(k, key) }); i >= 0 {
				f.Code, f.Args = "key-case", []string{key, configKeys[object][i]}
				l.fault(f)
				continue
			}
			l.note(f)
		}
	}
	strange("", top)
	for _, object := range []string{"hours", "policy"} {
		var inner map[string]json.RawMessage
		if json.Unmarshal(top[object], &inner) == nil {
			strange(object, inner, object)
		}
	}
	var notices map[string]map[string]json.RawMessage
	if json.Unmarshal(top["notices"], &notices) == nil {
		for _, level := range slices.Sorted(maps.Keys(notices)) {
			strange("notice", notices[level], "notices", level)
		}
	}
}

// checkConfig checks what street.json says and sets what the rest needs: name,
// zone, policy, the instant to evaluate from.
func (l *loader) checkConfig(file string, text []byte, c config) bool {
	say := func(code, key string, cause error, args ...string) {
		f := Finding{Code: code, File: file, Err: cause, Args: append([]string{key}, args...)}
		f.Line, f.Column = keyPlace(text, key)
		l.fault(f)
	}
	before := len(l.faults)
	if c.Format != 1 && !slices.Contains(l.spoilt, "format") {
		say("bad-format", "format", nil)
	}
	for _, required := range []struct {
		key   string
		empty bool
	}{{"name", c.Name == ""}, {"levels", len(c.Levels) == 0}, {"time_zone", c.TimeZone == ""}} {
		if required.empty && !slices.Contains(l.spoilt, required.key) {
			say("missing-key", required.key, nil)
		}
	}
	l.readSystem(c.CRS, say)
	if c.TimeZone != "" {
		zone, err := l.opts.Zone(c.TimeZone)
		if err != nil || zone == nil || c.TimeZone == "Local" { // the machine's own zone would change the answers
			say("bad-zone", "time_zone", err, c.TimeZone)
		} else {
			l.zone = zone
		}
	}
	if l.zone == nil {
		l.zone = time.UTC // so that the rest of the folder can still be checked
	}
	if c.EvaluateFrom != "" {
		at, _, err := parseTime(c.EvaluateFrom, l.zone)
		if err != nil {
			say("bad-key-time", "evaluate_from", err, c.EvaluateFrom)
		}
		l.out.EvaluateFrom = at
	}
	l.out.Name, l.out.Zone, l.out.Attribution, l.out.Strict = c.Name, l.zone, c.Attribution, c.Strict
	l.policy(file, text, c.Policy)
	for _, level := range c.Levels {
		l.out.Levels = append(l.out.Levels, level.Name)
		l.out.areaFiles = append(l.out.areaFiles, level.File)
	}
	for _, layer := range c.Layers {
		l.out.areaFiles = append(l.out.areaFiles, layer.File)
	}
	for _, h := range c.Hierarchies {
		l.out.areaFiles = append(l.out.areaFiles, h.File)
	}
	return len(l.faults) == before || len(c.Levels) > 0
}

// calendar builds the working calendar from hours and calendar.csv.
func (l *loader) calendar(c config) {
	hours := hoursConfig{}
	if c.Hours != nil {
		hours = *c.Hours
	}
	cfg := worktime.Config{Zone: l.zone}
	fail := func(err error, code, key string, args ...string) {
		f := Finding{Code: code, File: configName, Err: err, Args: args}
		f.Line, f.Column = keyPlace(l.configText, append([]string{"hours"}, key)...)
		l.fault(f)
	}
	for _, text := range hours.Windows {
		w, err := worktime.ParseWindow(text)
		if err != nil {
			fail(err, "bad-windows", "windows", "windows", text)
			continue
		}
		cfg.Windows = append(cfg.Windows, w)
	}
	if hours.Week != "" {
		week, err := worktime.ParseWeek(hours.Week)
		if err != nil {
			fail(err, "bad-week", "week", "week", hours.Week)
		}
		cfg.Week = week
	}
	switch name := strings.TrimSpace(hours.Holidays); name {
	case "", "none":
	case "cn":
		china := worktime.China(l.zone)
		cfg.Days, cfg.FirstYear, cfg.LastYear = china.Days, china.FirstYear, china.LastYear
		cfg.Provisional = true // a run into an unpublished year follows the week, and a finding says so
	case calendarFile.Name:
		cfg.Days = l.calendarDays()
		cfg.Provisional = true // an office lists the days it knows; other years follow the week
	default:
		fail(nil, "bad-holidays", "holidays", name)
	}
	cal, err := worktime.New(cfg)
	if err != nil {
		fail(err, "bad-hours", "windows", err.Error())
		return
	}
	l.out.Calendar = cal
}
