package track

import (
	"errors"
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// Code is the code of a person, a grid, a skill or a group.
type Code = grid.Code

// Fix is where a person was at an instant, as a device reported it (定位点).
// Printed it does not show the place, and it cannot be written as JSON.
type Fix struct {
	Person   Code
	At       time.Time
	Point    orb.Point   // WGS84 longitude and latitude in degrees
	Accuracy grid.Meters // the radius that the device claims; 0 is exact
}

// Duties knows who is on duty. The answer of one Duties for a person and an
// instant never changes; after a change the host installs another.
type Duties interface {
	// Duty reports whether the person is on duty at the instant, and until when
	// that answer holds: before that instant, zero for ever.
	Duty(person Code, at time.Time) (on bool, until time.Time)
}

// ErrPersonal refuses to write positions of people by accident.
var ErrPersonal = errors.New("positions of people are not written as JSON")

// String names the person and the instant; the place is withheld.
func (f Fix) String() string {
	return fmt.Sprintf("fix of %s at %s (place withheld)", f.Person, f.At.UTC().Format(time.RFC3339Nano))
}

// Format writes String for every verb.
func (f Fix) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(f.String())) }

// MarshalJSON refuses with ErrPersonal.
func (f Fix) MarshalJSON() ([]byte, error) { return nil, ErrPersonal }

// String says how much is kept, of nobody in particular.
func (t *Tracker) String() string {
	return fmt.Sprintf("tracker of %d people and %d fixes", t.People(), t.Fixes())
}

// Format writes String for every verb.
func (t *Tracker) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(t.String())) }

// MarshalJSON refuses with ErrPersonal.
func (t *Tracker) MarshalJSON() ([]byte, error) { return nil, ErrPersonal }
