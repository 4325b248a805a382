package structure

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// readers reads each field that a rule may have in a file.
var readers = map[string]func(r *Rule, raw []byte) error{
	"id":            func(r *Rule, raw []byte) error { return text(raw, &r.ID) },
	"kind":          func(r *Rule, raw []byte) error { return text(raw, &r.Kind) },
	"role":          func(r *Rule, raw []byte) error { return list(raw, &r.Role) },
	"in":            func(r *Rule, raw []byte) error { return list(raw, &r.In) },
	"parties":       func(r *Rule, raw []byte) error { return list(raw, &r.Parties) },
	"per":           func(r *Rule, raw []byte) error { return readPer(raw, &r.Per) },
	"count":         func(r *Rule, raw []byte) error { return readCount(raw, r) },
	"source":        func(r *Rule, raw []byte) error { return list(raw, &r.Source) },
	"as":            func(r *Rule, raw []byte) error { return list(raw, &r.As) },
	"same_as":       func(r *Rule, raw []byte) error { return list(raw, &r.SameAs) },
	"same_in":       func(r *Rule, raw []byte) error { return list(raw, &r.SameIn) },
	"through":       func(r *Rule, raw []byte) error { return list(raw, &r.Through) },
	"who":           func(r *Rule, raw []byte) error { return list(raw, &r.Who) },
	"registration":  func(r *Rule, raw []byte) error { return text(raw, &r.Registration) },
	"facilities":    func(r *Rule, raw []byte) error { return list(raw, &r.Facilities) },
	"square_meters": func(r *Rule, raw []byte) error { return value(raw, &r.SquareMeters) },
	"dated":         func(r *Rule, raw []byte) error { return value(raw, &r.Dated) },
	"rights":        func(r *Rule, raw []byte) error { return list(raw, &r.Rights) },
	"from":          func(r *Rule, raw []byte) error { return readTime(raw, &r.During.From) },
	"until":         func(r *Rule, raw []byte) error { return readTime(raw, &r.During.Until) },
	"basis":         func(r *Rule, raw []byte) error { return text(raw, &r.Basis) },
}

// value reads one JSON value into to; null is none.
func value[T any](raw []byte, to *T) error {
	var v *T
	if json.Unmarshal(raw, &v) != nil || v == nil {
		return ErrValue
	}
	*to = *v
	return nil
}

func text[T ~string](raw []byte, to *T) error { return value(raw, to) }

// list reads one string or a list of them.
func list[T ~string](raw []byte, to *[]T) error {
	var one T
	if value(raw, &one) == nil {
		*to = []T{one}
		return nil
	}
	var many []*T
	if json.Unmarshal(raw, &many) != nil || many == nil {
		return ErrValue
	}
	for _, s := range many {
		if s == nil {
			return ErrValue
		}
		*to = append(*to, *s)
	}
	return nil
}

func readPer(raw []byte, to *Per) error {
	var s string
	if err := value(raw, &s); err != nil {
		return err
	}
	by, name, named := strings.Cut(s, ":")
	*to = Per{PerKind(by), name}
	if s == "" || named && name == "" {
		return ErrPer
	}
	return nil
}

func readCount(raw []byte, r *Rule) error {
	var n int
	if value(raw, &n) == nil {
		r.Count = Exactly(n)
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return ErrValue
	}
	c := AtLeast(0)
	ends, seen := map[string]*int{"min": &c.Min, "max": &c.Max}, 0
	for ; d.More(); seen++ {
		key, err := d.Token()
		name, _ := key.(string)
		end := ends[name]
		var n *int
		if err != nil || end == nil || d.Decode(&n) != nil || n == nil {
			return ErrValue
		}
		*end = *n
		delete(ends, name) // a second one is unknown
	}
	if seen == 0 {
		return ErrValue
	}
	r.Count = c
	return nil
}

func readTime(raw []byte, to *time.Time) error {
	if err := value(raw, to); err != nil {
		return err
	}
	if to.IsZero() {
		return ErrValue // would be an open end
	}
	return nil
}
