package structure

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Decode reads rules from JSON, {"rules": [...]} or the array by itself, and checks
// them as Compile does. The fields of a rule are
//
//	id, kind, role, in, parties, per, count, source, as, same_as, same_in, through, who,
//	registration, facilities, square_meters, dated, rights, from, until, basis
//
// A list may be one string. count is a number, exactly so many, or {"min": 1} with
// max or without. per is text as Per says; from and until are RFC 3339.
//
// All faults are reported at once as a *CompileError, each with its line and column;
// what follows a fault of syntax is not read.
func Decode(data []byte) ([]Rule, error) {
	d := &decoder{
		data: data, dec: json.NewDecoder(bytes.NewReader(data)), broken: map[place]bool{}, at: map[place]int64{}, cut: -1, list: []Rule{},
	}
	d.document()
	var checked faults
	if !d.broken[place{RulesMax, ""}] { // a list that is too long has that one fault
		checked.rules(d.list)
	}
	for _, e := range checked.all {
		here := place{e.Index, e.Field}
		if d.broken[here] || e.Index == d.cut {
			continue // its value has been faulted already, or was not read
		}
		offset, ok := d.at[here]
		if !ok {
			offset = d.at[place{e.Index, ""}]
		}
		e.offset = offset
		d.faults.all = append(d.faults.all, e)
	}
	if err := d.faults.err(); err != nil {
		for _, e := range err.Faults {
			e.Line, e.Column = position(data, e.offset)
		}
		return nil, err
	}
	return d.list, nil
}

// place is a field of a rule, or the rule itself.
type place struct {
	rule  int
	field string
}

type decoder struct {
	data   []byte
	dec    *json.Decoder
	list   []Rule
	at     map[place]int64 // where values begin
	broken map[place]bool
	cut    int // the rule that was not read to its end; -1: none
	faults faults
}

func (d *decoder) fault(offset int64, index int, field string, err error) {
	e := &Error{Index: index, Field: field, Err: err, offset: offset}
	if index >= 0 && index < len(d.list) {
		e.Rule = d.list[index].ID
	}
	d.faults.all = append(d.faults.all, e)
	d.broken[place{index, field}] = true
}

// document reads everything. It stops at the first fault of syntax.
func (d *decoder) document() {
	for i, r := range string(d.data) {
		if r == utf8.RuneError && !strings.HasPrefix(string(d.data[i:min(i+3, len(d.data))]), "\uFFFD") {
			d.fault(int64(i), -1, "", ErrSyntax)
			return // encoding/json would replace what is not UTF-8
		}
	}
	open, ok := d.token()
	switch {
	case !ok:
		return
	case open == json.Delim('['):
		ok = d.rules()
	case open == json.Delim('{'):
		ok = d.members(-1, func(key string, offset int64) bool {
			if key != "rules" {
				d.fault(offset, -1, key, ErrField)
				return d.skip()
			}
			start := d.next()
			list, ok := d.token()
			if ok && list != json.Delim('[') {
				d.fault(start, -1, key, ErrValue)
			}
			return ok && list == json.Delim('[') && d.rules()
		})
	default:
		d.fault(0, -1, "", ErrSyntax)
		return
	}
	if !ok {
		return
	}
	if end := d.dec.InputOffset(); len(bytes.TrimLeft(d.data[end:], " \t\r\n")) > 0 {
		d.fault(end, -1, "", ErrSyntax)
	}
}

// rules reads the rest of an array of rules.
func (d *decoder) rules() bool {
	for d.dec.More() {
		i := len(d.list)
		start := d.next()
		if i == RulesMax {
			d.fault(start, i, "", ErrTooMany)
			return false
		}
		open, ok := d.token()
		if !ok {
			return false
		}
		if open != json.Delim('{') {
			d.fault(start, i, "", ErrValue)
			return false
		}
		d.list = append(d.list, Rule{})
		d.at[place{i, ""}] = start
		if !d.members(i, func(key string, offset int64) bool { return d.field(i, key, offset) }) {
			d.cut = i
			return false
		}
	}
	_, ok := d.token()
	return ok
}

// members reads the rest of an object, that of a rule or of none. member must read
// the value.
func (d *decoder) members(index int, member func(key string, offset int64) bool) bool {
	seen := map[string]bool{}
	for d.dec.More() {
		offset := d.next()
		token, ok := d.token()
		key, isKey := token.(string)
		if !ok || !isKey {
			return false
		}
		if seen[key] {
			d.fault(offset, index, key, ErrTwice)
		}
		seen[key] = true
		if !member(key, offset) {
			return false
		}
	}
	_, ok := d.token()
	return ok
}

// field reads one field of a rule.
func (d *decoder) field(i int, key string, offset int64) bool {
	var raw json.RawMessage
	if err := d.dec.Decode(&raw); err != nil {
		d.fault(d.dec.InputOffset(), i, key, ErrSyntax)
		return false
	}
	start := d.dec.InputOffset() - int64(len(raw))
	d.at[place{i, key}] = start
	read, ok := readers[key]
	if !ok {
		d.fault(offset, i, key, ErrField)
		return true
	}
	if err := read(&d.list[i], raw); err != nil {
		d.fault(start, i, key, err)
	}
	return true
}

func (d *decoder) skip() bool {
	var raw json.RawMessage
	err := d.dec.Decode(&raw)
	if err != nil {
		d.fault(d.dec.InputOffset(), -1, "", ErrSyntax)
	}
	return err == nil
}

func (d *decoder) token() (json.Token, bool) {
	token, err := d.dec.Token()
	if err != nil {
		d.fault(d.dec.InputOffset(), -1, "", ErrSyntax)
		return nil, false
	}
	return token, true
}

// next is where the next token begins.
func (d *decoder) next() int64 {
	at := d.dec.InputOffset()
	for at < int64(len(d.data)) && strings.IndexByte(" \t\r\n,:", d.data[at]) >= 0 {
		at++
	}
	return at
}

// position is an offset as line and column, both from 1, the column in characters.
func position(data []byte, offset int64) (line, column int) {
	before := data[:min(max(offset, 0), int64(len(data)))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, utf8.RuneCount(before[start:]) + 1
}
