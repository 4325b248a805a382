package geofile

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// decoder reads one file.
type decoder struct {
	scanner
	source   *source
	limits   Limits
	ground   ground
	tracker  tracker
	ordinal  int
	vertices int
	shape    shape
	scratch  []Property
	features []Feature
}

// Decode reads the features of a GeoJSON FeatureCollection, or the one of a
// single Feature (RFC 7946), from r to its end. name is the file's name in
// positions and may be empty. Gzip is told by its first two bytes; the text may
// be UTF-8 with or without a mark, or GB18030. Foreign members are ignored;
// altitudes are dropped. Numbers become the nearest float64. Rings need not be
// closed, and nothing is said about their course: grid.Build judges that.
//
// O(bytes), 1.2 bytes of memory a byte beside the text for a typical file.
//
// An error is *Errors with every fault that can be told apart, in the order of
// the file. A fault in a value leaves the rest readable; one in the syntax of
// JSON, in the file itself, or a limit ends the reading. The features without a
// fault are returned even then, so that a caller which gathers faults can look
// on for more; any other caller drops them.
func Decode(name string, r io.Reader, opts Options) ([]Feature, error) {
	limits := opts.Limits.withDefaults()
	src, fault := read(name, r, limits.BytesMax)
	if fault != nil {
		return nil, &Errors{Faults: []*Error{fault}}
	}
	d := decoder{
		scanner: scanner{text: src.text, depthMax: limits.DepthMax},
		source:  src,
		limits:  limits,
		ground:  groundOf(opts),
		tracker: tracker{text: src.text},
	}
	d.file()
	return d.features, d.faults()
}

// faults gives what was found its lines and columns.
func (d *decoder) faults() error {
	slices.SortStableFunc(d.found, func(a, b found) int { return a.offset - b.offset })
	t := tracker{text: d.text}
	var faults []*Error
	for _, f := range d.found {
		line, column := t.place(f.offset)
		faults = append(faults, &Error{
			Position: Position{File: d.source.name, Line: line, Column: column},
			Feature:  f.feature, Err: f.err, Args: f.args, Cause: f.cause,
		})
	}
	return collect(faults, d.left)
}

// The members that Decode understands, as bits: each may stand once.
type members uint8

const (
	typeMember members = 1 << iota
	featuresMember
	geometryMember
	propertiesMember
	coordinatesMember
	crsMember
)

func memberOf(name string) members {
	switch name {
	case "type":
		return typeMember
	case "features":
		return featuresMember
	case "geometry":
		return geometryMember
	case "properties":
		return propertiesMember
	case "coordinates":
		return coordinatesMember
	case "crs":
		return crsMember
	}
	return 0
}

// members reads the object at d.at; visit takes the value of each member that
// Decode understands, once. It answers which ones there were.
func (d *decoder) members(visit func(m members) bool) (seen members, ok bool) {
	ok = d.object(func(name string, nameAt int) bool {
		m := memberOf(name)
		if m&seen != 0 {
			d.note(nameAt, ErrDuplicate, name)
			m = 0
		}
		seen |= m
		switch m {
		case 0:
			return d.skip()
		case crsMember:
			return d.crs()
		}
		return visit(m)
	})
	return seen, ok
}

// typeOf looks for the type of the object at d.at without reading the object:
// members may come in any order, and the others cannot be understood before it.
// at is where its value stands, -1 when there is none.
func (d *decoder) typeOf() (kind string, at int) {
	probe := scanner{text: d.text, at: d.at, depth: d.depth, depthMax: d.depthMax, quiet: 1}
	at = -1
	probe.object(func(name string, _ int) bool {
		if name != "type" {
			return probe.skip()
		}
		at = probe.at
		if d.text[at] == '"' {
			kind, _ = probe.string()
		}
		return false
	})
	return kind, at
}

// file reads the one value of the text.
func (d *decoder) file() {
	c, ok := d.peek()
	if !ok {
		return
	}
	kind, kindAt := "", -1
	if c == '{' {
		kind, kindAt = d.typeOf()
	}
	switch {
	case kind == "FeatureCollection":
		ok = d.collection()
	case kind == "Feature":
		ok = d.oneFeature()
	case c == '{' && kindAt < 0:
		start := d.at
		if ok = d.skip(); ok {
			d.note(start, ErrMissing, "type")
		}
	case kindAt >= 0:
		d.note(kindAt, ErrType, kind)
		ok = d.skip()
	default:
		ok = d.wrong(ErrType)
	}
	if !ok {
		return
	}
	if d.depth = 0; strings.Trim(d.text[d.at:], " \t\r\n") != "" {
		d.peek()
		d.unexpected()
	}
}

// wrong skips a value at d.at that cannot stand there and notes it, unless it is
// no value at all, which is then noted instead.
func (d *decoder) wrong(err error, args ...string) bool {
	at := d.at
	if !d.skip() {
		return false
	}
	if last := len(d.found) - 1; last < 0 || d.found[last].offset != at {
		d.note(at, err, args...)
	}
	return true
}

// collection reads the FeatureCollection at d.at.
func (d *decoder) collection() bool {
	start := d.at
	seen, ok := d.members(func(m members) bool {
		if m != featuresMember {
			return d.skip()
		}
		if c, ok := d.peek(); !ok || c != '[' {
			return ok && d.wrong(ErrKind, "features")
		}
		ok := d.array(d.oneFeature)
		d.feature = 0
		return ok
	})
	if ok && seen&featuresMember == 0 {
		d.note(start, ErrMissing, "features")
	}
	return ok
}

// oneFeature reads the Feature at d.at and keeps it unless it has a fault.
func (d *decoder) oneFeature() bool {
	c, ok := d.peek()
	if !ok {
		return false
	}
	if d.ordinal >= d.limits.FeaturesMax {
		return d.fail(d.at, ErrFeatures, strconv.Itoa(d.limits.FeaturesMax))
	}
	d.ordinal++
	d.feature = d.ordinal
	if c != '{' {
		return d.wrong(ErrKind, "feature")
	}
	f := Feature{source: d.source, ordinal: d.ordinal, offset: d.at}
	f.Line, f.Column = d.tracker.place(d.at)
	faults, wrong := d.faulty(), false
	seen, ok := d.members(func(m members) bool {
		switch m {
		case typeMember:
			at := d.at
			kind, ok := d.word1()
			if wrong = kind != "Feature"; wrong && ok {
				d.note(at, ErrType, kind)
			}
			return ok
		case geometryMember:
			return d.geometry(&f)
		case propertiesMember:
			return d.properties(&f)
		}
		return d.skip()
	})
	if !ok {
		return false
	}
	if seen&typeMember == 0 {
		d.note(f.offset, ErrMissing, "type")
	}
	if seen&geometryMember == 0 && !wrong {
		d.note(f.offset, ErrMissing, "geometry")
	}
	if d.faulty() == faults {
		d.features = append(d.features, f)
	}
	return true
}

// faulty is how many faults there are so far.
func (d *decoder) faulty() int { return len(d.found) + d.left }

// word1 reads the string at d.at; another value is skipped and gives "".
func (d *decoder) word1() (string, bool) {
	if d.text[d.at] == '"' {
		return d.string()
	}
	return "", d.skip()
}
