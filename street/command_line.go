package street

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/jsonname"
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
	if name, twice := jsonname.Repeated(line); twice {
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
			return Planned{}, withFault{err}
		}
		if err := l.decodePart(&c, with.Machine, with.Do, head.With, []string{"machine", "do"}); err != nil {
			return Planned{}, withFault{err}
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
	if raw, ok := fields["satisfied"]; ok {
		fields["satisfied"] = satisfiedWord(raw)
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
		return commandFault{"bad-field", []string{verb, bare(err)}, err}
	}
	return nil
}

// satisfiedWord reads true, false and the words that events.csv takes for them where
// the Desk says yes and no; anything else stays, for the Desk to refuse.
func satisfiedWord(raw json.RawMessage) json.RawMessage {
	var word any
	if json.Unmarshal(raw, &word) != nil {
		return raw
	}
	switch valueName("satisfied", fmt.Sprint(word)) {
	case "true":
		return json.RawMessage(`"yes"`)
	case "false":
		return json.RawMessage(`"no"`)
	}
	return raw
}
