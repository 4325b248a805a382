package geofile

import (
	"slices"
	"strconv"
)

// properties reads the properties of f at d.at; null is none.
func (d *decoder) properties(f *Feature) bool {
	c, _ := d.peek()
	if c != '{' {
		if d.null() {
			return d.skip()
		}
		return d.wrong(ErrKind, "properties")
	}
	d.scratch = d.scratch[:0]
	var names map[string]bool // only when they are many
	ok := d.object(func(name string, nameAt int) bool {
		if len(d.scratch) >= d.limits.PropertiesMax {
			return d.fail(nameAt, ErrProperties, strconv.Itoa(d.limits.PropertiesMax))
		}
		if names == nil && len(d.scratch) == namesFew {
			names = make(map[string]bool)
			for _, p := range d.scratch {
				names[p.Name] = true
			}
		}
		if names[name] || names == nil && slices.ContainsFunc(d.scratch, func(p Property) bool { return p.Name == name }) {
			d.note(nameAt, ErrDuplicate, name)
			return d.skip()
		}
		if names != nil {
			names[name] = true
		}
		p := Property{Name: name}
		p.Line, p.Column = d.tracker.place(nameAt)
		var ok bool
		p.Value, ok = d.value()
		d.scratch = append(d.scratch, p)
		return ok
	})
	if len(d.scratch) > 0 {
		f.Properties = slices.Clone(d.scratch)
	}
	return ok
}

// namesFew is how many property names are compared one by one; a map is faster
// beyond.
const namesFew = 16

// value reads the value at d.at.
func (d *decoder) value() (Value, bool) {
	c, ok := d.peek()
	if !ok {
		return Value{}, false
	}
	start := d.at
	switch {
	case c == '"':
		s, ok := d.string()
		return Value{String, s}, ok
	case c == '-' || digit(c):
		s, ok := d.number()
		return Value{Number, s}, ok
	case c == '{' || c == '[':
		ok := d.skip()
		return Value{Nested, d.text[start:d.at]}, ok
	}
	word, ok := d.word()
	if word == "true" || word == "false" {
		return Value{Bool, word}, ok
	}
	return Value{}, ok
}
