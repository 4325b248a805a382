package street

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/grid/crs"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/internal/textenc"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street/adapt"
)

// Actor is who gives a command. The zero Actor is the host itself.
type Actor struct {
	Person Code `json:"person,omitzero"`
	Post   Code `json:"post,omitzero"`
}

// Command names what each machine is to do. All of it happens in one record or
// none of it does: a refusal by one machine is a refusal of the command.
type Command struct {
	Key     string // makes a retry safe; empty means this command cannot be retried
	Actor   Actor
	Desk    dispatch.Do // what the Desk is to do, or nil
	Book    finance.Do  // what the Book is to do, or nil
	Council council.Do  // what the Minutes of the councils are to do, or nil
	Rounds  rounds.Do   // what the Log of visits and shifts is to do, or nil
	Expect  uint64      // version of the case, mandate or line it acts on, as seen by the caller; 0 is any
	Main    Machine     // the machine that Expect is about; empty: the first in the order above that has something to do
	// Private is personal text (who reported, in what words) to keep beside the
	// record, apart from the facts. It can be erased, and replay does not read it.
	Private *journal.Private
}

// Machine names a machine in commands.jsonl.
type Machine string

// The machines that this version runs.
const (
	DeskMachine    Machine = "desk"
	BookMachine    Machine = "book"
	CouncilMachine Machine = "council"
	RoundsMachine  Machine = "rounds"
)

// laterMachines are machines of format 1 that this version does not run.
var laterMachines = []Machine{"marks"}

// Planned is a command that the folder holds: a line of commands.jsonl, or what a
// line of a table such as meetings.csv records.
type Planned struct {
	File   string
	Line   int
	Column int // 0 for the whole line
	At     time.Time
	// Stated says that At is the instant of an `at` column, not one that follows from
	// a date, such as the end of a shift.
	Stated  bool
	Command Command

	meeting Code           // in which the table says it happened, if any
	claims  council.Result // what the table says a vote led to, if it does
}

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

// check finds what is wrong with a planned command without a street to give it
// to: an instant beyond the calendars, a key of the street's own, or fields that
// no state of the machines could accept.
func (p Planned) check() error {
	if !within(p.At) {
		return commandFault{"far-time", []string{"at", p.At.Format(time.RFC3339), fmt.Sprint(worktime.YearMin), fmt.Sprint(worktime.YearMax)}, nil}
	}
	for _, prefix := range ownKeys {
		if strings.HasPrefix(p.Command.Key, prefix) {
			return commandFault{"reserved-key", []string{p.Command.Key}, nil}
		}
	}
	return p.well()
}

// well is check without the key.
func (p Planned) well() error {
	c := p.Command
	if err := c.check(); err != nil {
		return commandFault{"bad-command", []string{"person", err.Error()}, err}
	}
	if c.Desk != nil {
		_, err := dispatch.NewDesk().Decide(p.At, dispatch.Command{Actor: dispatch.Actor(c.Actor), Do: c.Desk})
		if err != nil && !errors.Is(err, dispatch.ErrNoSetup) {
			return commandFault{"bad-command", []string{verbName(c.Desk), err.Error()}, err}
		}
	}
	if c.Book != nil {
		_, err := finance.NewBook().Decide(p.At, finance.Command{Actor: finance.Actor(c.Actor), Do: c.Book})
		if err != nil {
			return commandFault{"bad-command", []string{verbName(c.Book), err.Error()}, err}
		}
	}
	if c.Council != nil {
		_, err := council.NewMinutes(nil).Decide(p.At, council.Command{Actor: council.Actor(c.Actor), Do: c.Council})
		if err != nil {
			return commandFault{"bad-command", []string{verbName(c.Council), err.Error()}, err}
		}
	}
	if c.Rounds != nil {
		_, err := rounds.NewLog(time.UTC, nil).Decide(p.At, rounds.Command{Actor: rounds.Actor(c.Actor), Do: c.Rounds})
		if err != nil {
			return commandFault{"bad-command", []string{verbName(c.Rounds), err.Error()}, err}
		}
	}
	return nil
}

// commandFault is a fault of a command line as a message code and arguments.
type commandFault struct {
	code  string
	args  []string
	cause error
}

func (f commandFault) Error() string { return catalog.Text("en", f.code, f.args...) }

func (f commandFault) Unwrap() error { return f.cause }

func commandFinding(file string, number int, line string, err error) Finding {
	f := Finding{File: file, Line: number, Err: err, Code: "bad-json", Args: []string{err.Error()}}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		_, f.Column = position([]byte(line), int(syntax.Offset)-1)
	}
	if fault, ok := errors.AsType[commandFault](err); ok {
		f.Code, f.Args = fault.code, fault.args
		if len(fault.args) > 0 {
			if at := strings.Index(line, `"`+fault.args[0]+`"`); at >= 0 {
				_, f.Column = position([]byte(line), at)
			}
		}
	}
	if refused, ok := errors.AsType[*crs.Error](err); ok {
		f.refused(refused)
		_, f.Column = position([]byte(line), pointPlace(line, refused.At))
	}
	return f
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
	if !slices.Contains(own, "person") {
		a.Person = h.Person
	}
	if !slices.Contains(own, "post") {
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

// instants writes the instants among the fields of a verb, which a file may state in
// the street's zone, as the machines read them.
func (l *loader) instants(fields map[string]json.RawMessage, m Machine, verb string) error {
	for _, v := range allVerbs {
		if v.Machine != m || v.Name != verb {
			continue
		}
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v.Zero)) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			var text string
			if f.Type != reflect.TypeFor[time.Time]() || json.Unmarshal(fields[name], &text) != nil || text == "" {
				continue
			}
			at, _, err := parseTime(text, l.zone)
			if err != nil {
				return commandFault{"bad-time", []string{name, text}, err}
			}
			fields[name] = json.RawMessage(strconv.Quote(at.UTC().Format(time.RFC3339Nano)))
		}
	}
	return nil
}

// peopleOf is everybody whom a command of the council or the rounds names.
func peopleOf(c Command) []Code {
	switch do := c.Council.(type) {
	case council.Seat:
		return []Code{do.Person}
	case council.Unseat:
		return []Code{do.Person}
	case council.Vote:
		return []Code{do.Person}
	case council.Open:
		return append(slices.Concat(do.Present, do.Excused), do.Chair)
	case council.Attend:
		return slices.Concat(do.Arrived, do.Left)
	}
	switch do := c.Rounds.(type) {
	case rounds.Visit:
		return do.People
	case rounds.Form:
		return do.People
	case rounds.Join:
		return []Code{do.Person}
	case rounds.Quit:
		return []Code{do.Person}
	case rounds.Brief:
		return do.People
	case rounds.Attend:
		return []Code{do.Person}
	case rounds.Plan:
		var all []Code
		for _, t := range do.Teams {
			all = append(all, t.People...)
		}
		return all
	}
	return nil
}

// fieldsOfVerb is the JSON names of the fields of a verb.
func fieldsOfVerb(m Machine, verb string) []string {
	for _, v := range allVerbs {
		if v.Machine != m || v.Name != verb {
			continue
		}
		var names []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v.Zero)) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			names = append(names, name)
		}
		return names
	}
	return nil
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
		mine := slices.Contains(own, key)
		switch {
		case slices.Contains(envelope, key) && (!mine || key == "at"):
			delete(fields, key)
		case !mine && knownVerb(machine, verb):
			return commandFault{"unknown-field", []string{key, verb, string(machine)}, nil}
		}
	}
	if err := l.instants(fields, machine, verb); err != nil {
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

// asked is what a command asks of one machine.
type asked struct {
	machine Machine
	do      any
}

// asks is what a command asks, in the order of the machines.
func (c Command) asks() []asked {
	var list []asked
	if c.Desk != nil {
		list = append(list, asked{DeskMachine, c.Desk})
	}
	if c.Book != nil {
		list = append(list, asked{BookMachine, c.Book})
	}
	if c.Council != nil {
		list = append(list, asked{CouncilMachine, c.Council})
	}
	if c.Rounds != nil {
		list = append(list, asked{RoundsMachine, c.Rounds})
	}
	return list
}

// expect is the version that a machine is to check: that of a command for several
// machines is the version of what the first of them acts on.
func (c Command) expect(m Machine) uint64 {
	if cmp.Or(c.Main, c.asks()[0].machine) != m {
		return 0
	}
	return c.Expect
}

// check refuses a command that names nobody a machine could serve.
func (c Command) check() error {
	if len(c.asks()) == 0 {
		return ErrNothing
	}
	for _, id := range []Code{c.Actor.Person, c.Actor.Post} {
		if id != "" {
			if err := code.Check(id); err != nil {
				return fmt.Errorf("%w: %w", ErrActor, err)
			}
		}
	}
	return nil
}

// sums is the digests of the key and of the body, zero without a key.
func (c Command) sums() (key, body keyed.Sum, err error) {
	if c.Key == "" {
		return key, body, nil
	}
	of := []any{c.Actor, c.Expect}
	if c.Main != "" {
		of = append(of, c.Main)
	}
	for _, a := range c.asks() {
		of = append(of, verbOf(a.machine, a.do), a.do)
	}
	body, err = keyed.OfCommand("street", of...)
	return keyed.Of([]byte(c.Key)), body, err
}

// kind is the kind of the command's record: machine and verb, joined by "+" when
// it names several.
func (c Command) kind() journal.Kind {
	var parts []string
	for _, a := range c.asks() {
		parts = append(parts, verbOf(a.machine, a.do))
	}
	return journal.Kind(strings.Join(parts, "+"))
}
