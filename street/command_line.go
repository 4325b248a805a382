package street

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/textenc"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street/adapt"
)

// commandLine is what every line of commands.jsonl has, besides the fields of
// its verb.
type commandLine struct {
	At      string          `json:"at"`
	Key     string          `json:"key"`
	Machine Machine         `json:"machine"`
	Do      string          `json:"do"`
	Person  Code            `json:"person"`
	Post    Code            `json:"post"`
	Actor   json.RawMessage `json:"actor"`
	Expect  uint64          `json:"expect"`
	With    json.RawMessage `json:"with"`
}

// commands reads commands.jsonl: one JSON object a line, "at", "key", "machine"
// and "do" and the fields of the verb; "with" is a second object for another
// machine, done in the same record.
func (l *loader) commands() {
	data, file, ok := l.open(commandsName)
	if !ok || data == nil {
		return
	}
	text, _, err := textenc.Decode(data)
	if err != nil {
		l.encodingFault(file, err)
		return
	}
	keys := map[string]int{}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		p, err := parseCommand(l, bytes.TrimSpace(line))
		if err == nil {
			if first, ok := keys[p.Command.Key]; ok {
				err = commandFault{"duplicate-key", []string{p.Command.Key, fmt.Sprint(first)}, nil}
			}
			keys[p.Command.Key] = number
		}
		if err == nil {
			err = p.check()
		}
		if err != nil {
			l.fault(commandFinding(file, number, string(line), err))
			continue
		}
		p.File, p.Line = file, number
		l.out.Commands = append(l.out.Commands, p)
	}
}

// parseCommand reads one line, without its line break.
func parseCommand(l *loader, line []byte) (Planned, error) {
	var head commandLine
	if err := json.Unmarshal(line, &head); err != nil {
		return Planned{}, err
	}
	if name, twice := repeatedKey(line); twice {
		return Planned{}, commandFault{"key-repeated", []string{name}, nil}
	}
	for _, required := range []struct{ name, value string }{{"at", head.At}, {"key", head.Key}, {"machine", string(head.Machine)}, {"do", head.Do}} {
		if required.value == "" {
			return Planned{}, commandFault{"missing-key", []string{required.name}, nil}
		}
	}
	at, _, err := parseTime(head.At, l.zone)
	if err != nil {
		return Planned{}, commandFault{"bad-key-time", []string{"at", head.At}, err}
	}
	actor, err := head.actor()
	if err != nil {
		return Planned{}, err
	}
	c := Command{Key: head.Key, Actor: actor, Expect: head.Expect}
	if len(head.With) > 0 && head.Expect > 0 {
		c.Main = head.Machine
	}
	if err := l.decodePart(&c, head.Machine, head.Do, line, envelope); err != nil {
		return Planned{}, err
	}
	if len(head.With) > 0 {
		var with commandLine
		if err := json.Unmarshal(head.With, &with); err != nil {
			return Planned{}, err
		}
		if err := l.decodePart(&c, with.Machine, with.Do, head.With, []string{"machine", "do"}); err != nil {
			return Planned{}, err
		}
	}
	for _, person := range append(peopleOf(c), c.Actor.Person) {
		if !l.knownPerson(person) {
			return Planned{}, commandFault{"unknown-person", []string{"person", string(person)}, nil}
		}
	}
	if post := c.Actor.Post; post != "" && l.known != nil && !l.posts[post] {
		return Planned{}, commandFault{"unknown-post", []string{"post", string(post)}, nil}
	}
	if do, ok := c.Rounds.(rounds.Enrol); ok {
		path, known := l.out.pathOf(do.Areas)
		if l.areasOK && !known {
			return Planned{}, commandFault{"areas-chain", []string{"areas", join(do.Areas, ";")}, nil}
		}
		do.Areas = path
		c.Rounds = do
	}
	if c.Desk != nil {
		if err := l.points(reflect.ValueOf(c.Desk)); err != nil {
			return Planned{}, commandFault{"bad-point", nil, err}
		}
	}
	return Planned{At: at, Stated: true, Command: c}, nil
}

// actor is who gives the command: "actor", or "person" and "post" where these are
// not fields of the verb, as the person of a vote is.
// It is an error to name the actor twice, or by other keys: who is not named would
// be the street itself, which may everything.
func (h commandLine) actor() (Actor, error) {
	own := fieldsOfVerb(h.Machine, h.Do)
	var a Actor
	if _, taken := own["person"]; !taken {
		a.Person = h.Person
	}
	if _, taken := own["post"]; !taken {
		a.Post = h.Post
	}
	if h.Actor == nil {
		return a, nil
	}
	var named map[string]Code
	if err := json.Unmarshal(h.Actor, &named); err != nil {
		return a, commandFault{"bad-actor", []string{"actor"}, err}
	}
	for key, value := range named {
		if key != "person" && key != "post" || value == "" {
			return a, commandFault{"bad-actor", []string{"actor"}, nil}
		}
	}
	if len(named) == 0 || a != (Actor{}) {
		return a, commandFault{"bad-actor", []string{"actor"}, nil}
	}
	return Actor{named["person"], named["post"]}, nil
}

// verbType is the type of a verb, nil for none of that name.
func verbType(m Machine, verb string) reflect.Type {
	for _, v := range allVerbs {
		if v.Machine == m && v.Name == verb {
			return reflect.TypeOf(v.Zero)
		}
	}
	return nil
}

// fieldsOfVerb is the fields of a verb by their JSON names.
func fieldsOfVerb(m Machine, verb string) map[string]reflect.StructField {
	if t := verbType(m, verb); t != nil {
		return fieldsOfType(t)
	}
	return map[string]reflect.StructField{}
}

// fieldsOfType is the fields of a struct by their JSON names, those without one left out.
func fieldsOfType(t reflect.Type) map[string]reflect.StructField {
	fields := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.IsExported() {
			fields[name] = f
		}
	}
	return fields
}

// instants writes the instants among the fields of a verb, however deep, which a file
// may state in the street's zone, as the machines read them.
func (l *loader) instants(object map[string]json.RawMessage, own map[string]reflect.StructField) error {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		f, ok := own[name]
		if !ok {
			continue
		}
		raw, err := l.instantsIn(object[name], f.Type, name)
		if err != nil {
			return err
		}
		object[name] = raw
	}
	return nil
}

// instantsIn does it for one value. What is not of the type is left as it is, for the
// machine to refuse.
func (l *loader) instantsIn(raw json.RawMessage, t reflect.Type, name string) (json.RawMessage, error) {
	switch {
	case t.Kind() == reflect.Pointer:
		return l.instantsIn(raw, t.Elem(), name)
	case t == reflect.TypeFor[time.Time]():
		var text string
		if json.Unmarshal(raw, &text) != nil || text == "" {
			return raw, nil
		}
		at, _, err := parseTime(text, l.zone)
		if err != nil {
			return raw, commandFault{"bad-time", []string{name, text}, err}
		}
		return json.RawMessage(strconv.Quote(at.UTC().Format(time.RFC3339Nano))), nil
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil || list == nil {
			return raw, nil
		}
		for i := range list {
			var err error
			if list[i], err = l.instantsIn(list[i], t.Elem(), name); err != nil {
				return raw, err
			}
		}
		return json.Marshal(list)
	case t.Kind() == reflect.Struct:
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil || fields == nil {
			return raw, nil
		}
		if err := l.instants(fields, fieldsOfType(t)); err != nil {
			return raw, err
		}
		return json.Marshal(fields)
	}
	return raw, nil
}

// envelope are the keys of a command line that are not fields of its verb. A verb
// may have a person or a post of its own, which the line then holds; the instant of
// a visit is that of its line.
var envelope = []string{"at", "key", "machine", "do", "person", "post", "actor", "expect", "with"}

// decodePart reads the fields of a verb and gives them to the machine's part of
// the command. The other keys of the object must be among those of the envelope.
func (l *loader) decodePart(c *Command, machine Machine, verb string, object []byte, envelope []string) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(object, &fields); err != nil {
		return err
	}
	own := fieldsOfVerb(machine, verb)
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		_, mine := own[key]
		switch {
		case slices.Contains(envelope, key) && (!mine || key == "at"):
			delete(fields, key)
		case !mine && knownVerb(machine, verb):
			return commandFault{"unknown-field", []string{key, verb, string(machine)}, nil}
		}
	}
	if err := l.instants(fields, own); err != nil {
		return err
	}
	for object, amount := range map[string]string{"mandate": "amount", "event": "cost"} {
		if machine != DeskMachine {
			break
		}
		inFen, err := adapt.YuanToFen(fields[object], amount)
		if err != nil {
			return commandFault{"bad-field", []string{amount, err.Error()}, err}
		}
		if len(inFen) > 0 {
			fields[object] = inFen
		}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	switch {
	case !knownMachine(machine):
		return unknownMachine(machine)
	case slices.ContainsFunc(c.asks(), func(a asked) bool { return a.machine == machine }):
		return commandFault{"machine-twice", []string{string(machine)}, nil}
	case !knownVerb(machine, verb):
		return commandFault{"unknown-verb", []string{verb, string(machine)}, nil}
	case machine == DeskMachine:
		c.Desk, err = dispatch.DecodeDo(verb, body)
	case machine == BookMachine:
		c.Book, err = finance.DecodeDo(verb, body)
	case machine == CouncilMachine:
		c.Council, err = council.DecodeDo(verb, body)
	default:
		c.Rounds, err = rounds.DecodeDo(verb, body)
	}
	if err != nil {
		return commandFault{"bad-field", []string{verb, err.Error()}, err}
	}
	return nil
}
