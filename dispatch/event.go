package dispatch

import (
	"fmt"
	"math"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/media"
)

// Limits on what a command may carry, so that one entry stays small.
const (
	LabelLenMax = 256  // bytes of a condition, channel, class, external id, outcome or powers
	URILenMax   = 1024 // bytes of an evidence URI
	ClassesMax  = 64   // classes of one place; a point lies on a handful of features
	OwnersMax   = 64   // owners of one place
	EvidenceMax = 64   // pieces of evidence in one command
	KeyLenMax   = 256  // bytes of a command key
)

// Event is one report as it came in: codes and numbers only. The reporter's
// words, name and telephone stay with the caller.
type Event struct {
	ID         Code       `json:"id"`
	Matter     Code       `json:"matter"`
	Point      *orb.Point `json:"point,omitempty"` // WGS84 degrees {lng, lat}; nil when not known
	Area       Code       `json:"area,omitzero"`   // a unit of any level, used only without a Point
	Channel    string     `json:"channel,omitzero"`
	ExternalID string     `json:"external_id,omitzero"` // its id in the channel
	Condition  string     `json:"condition,omitzero"`
	Cost       int64      `json:"cost,omitzero"`     // fen, estimated; 0 when not known
	Classes    []string   `json:"classes,omitempty"` // "layer=class" of the place
	// Owners are who owns the features at the place (权属主体), for rules that name
	// owner(layer). They are kept with the case, as Dispatch and Redirect may correct
	// them.
	Owners   []LayerOwner `json:"owners,omitempty"`
	Due      time.Time    `json:"due,omitzero"` // imposed by the source; wins over any budget
	Evidence []Evidence   `json:"evidence,omitempty"`
	Reporter Code         `json:"reporter,omitzero"` // who waits for an answer, as the caller's code; empty when nobody does
	Injury   bool         `json:"injury,omitzero"`   // somebody was hurt
	Penalty  bool         `json:"penalty,omitzero"`  // it may end in a penalty
	Consent  bool         `json:"consent,omitzero"`  // it needs somebody's consent
}

// Evidence points at a photograph, track or film that the caller keeps.
type Evidence struct {
	Kind  string     `json:"kind"`            // what it shows: before, after, track, video, …
	Media string     `json:"media,omitzero"`  // media type of the content without parameters (媒体类型), such as image/jpeg
	Hash  Sum        `json:"hash,omitzero"`   // of the content
	URI   string     `json:"uri,omitzero"`    // where the caller keeps it
	Point *orb.Point `json:"point,omitempty"` // WGS84 degrees
	At    time.Time  `json:"at,omitzero"`
	By    Code       `json:"by,omitzero"` // person
}

// clean answers a checked copy in UTC that shares nothing with the caller.
func (e Event) clean() (Event, error) {
	if err := checkCodes("event", e.ID, "matter", e.Matter); err != nil {
		return e, err
	}
	for what, c := range map[string]Code{"area": e.Area, "reporter": e.Reporter} {
		if c == "" {
			continue
		}
		if err := checkCodes(what, c); err != nil {
			return e, err
		}
	}
	if err := checkLabels("channel", e.Channel, "external id", e.ExternalID, "condition", e.Condition); err != nil {
		return e, err
	}
	if e.Cost < 0 {
		return e, fmt.Errorf("%w: cost is negative: %d", ErrCommand, e.Cost)
	}
	if len(e.Classes) > ClassesMax {
		return e, fmt.Errorf("%w: %d classes, at most %d", ErrCommand, len(e.Classes), ClassesMax)
	}
	for _, class := range e.Classes {
		if err := checkLabels("class", class); err != nil {
			return e, err
		}
	}
	e.Classes = cloneOrNil(e.Classes)
	var err error
	if e.Owners, err = cleanOwners(e.Owners); err != nil {
		return e, err
	}
	if e.Point, err = cleanPoint(e.Point); err != nil {
		return e, err
	}
	if e.Due, err = cleanTime("due", e.Due); err != nil {
		return e, err
	}
	e.Evidence, err = cleanEvidence(e.Evidence)
	return e, err
}

// cleanOwners copies owners whose layers are named.
func cleanOwners(list []LayerOwner) ([]LayerOwner, error) {
	if len(list) > OwnersMax {
		return nil, fmt.Errorf("%w: %d owners, at most %d", ErrCommand, len(list), OwnersMax)
	}
	for _, o := range list {
		if err := checkStated("layer", o.Layer); err != nil {
			return nil, err
		}
		if o.Owner == "" {
			continue
		}
		if err := checkCodes("owner", o.Owner); err != nil {
			return nil, err
		}
	}
	return cloneOrNil(list), nil
}

func cleanEvidence(list []Evidence) ([]Evidence, error) {
	if len(list) > EvidenceMax {
		return nil, fmt.Errorf("%w: %d pieces of evidence, at most %d", ErrCommand, len(list), EvidenceMax)
	}
	list = cloneOrNil(list)
	for i := range list {
		v := &list[i]
		if v.Kind == "" {
			return nil, fmt.Errorf("%w: evidence %d has no kind", ErrCommand, i)
		}
		if err := checkLabels("evidence kind", v.Kind); err != nil {
			return nil, err
		}
		if err := checkText("evidence uri", v.URI, URILenMax); err != nil {
			return nil, err
		}
		if v.Media != "" && (len(v.Media) > LabelLenMax || !media.IsType(v.Media)) {
			return nil, fmt.Errorf("%w: evidence media %q is not a type and a subtype, such as image/jpeg", ErrCommand, v.Media)
		}
		if v.By != "" {
			if err := checkCodes("evidence by", v.By); err != nil {
				return nil, err
			}
		}
		var err error
		if v.Point, err = cleanPoint(v.Point); err != nil {
			return nil, err
		}
		if v.At, err = cleanTime("evidence at", v.At); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// cleanPoint copies a finite point.
func cleanPoint(p *orb.Point) (*orb.Point, error) {
	if p == nil {
		return nil, nil
	}
	for _, v := range p {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%w: point %v is not finite", ErrCommand, *p)
		}
	}
	return new(*p), nil
}

// cleanTime is an optional whole millisecond in UTC.
func cleanTime(what string, t time.Time) (time.Time, error) {
	at, err := optionalInstant(t)
	if err != nil {
		return t, fmt.Errorf("%w: %s: %w", ErrCommand, what, err)
	}
	return at.time(), nil
}

// checkCodes takes pairs of what a code is and the code.
func checkCodes(what string, c Code, more ...Code) error {
	if err := code.Check(c); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCommand, what, err)
	}
	for i := 0; i+1 < len(more); i += 2 {
		if err := code.Check(more[i+1]); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrCommand, more[i], err)
		}
	}
	return nil
}

// checkLabels takes pairs of what a label is and the label; a label may be empty.
func checkLabels(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := checkText(pairs[i], pairs[i+1], LabelLenMax); err != nil {
			return err
		}
	}
	return nil
}

// checkText refuses what JSON would not give back or a terminal would obey.
func checkText(what, text string, lenMax int) error {
	switch {
	case len(text) > lenMax:
		return fmt.Errorf("%w: %s has %d bytes, at most %d", ErrCommand, what, len(text), lenMax)
	case !utf8.ValidString(text):
		return fmt.Errorf("%w: %s is not UTF-8", ErrCommand, what)
	}
	for _, r := range text {
		if unicode.IsControl(r) {
			return fmt.Errorf("%w: %s holds a control character", ErrCommand, what)
		}
	}
	return nil
}

// cloneOrNil copies a slice and answers nil for an empty one, as JSON gives it
// back.
func cloneOrNil[S ~[]E, E any](s S) S {
	if len(s) == 0 {
		return nil
	}
	return slices.Clone(s)
}
