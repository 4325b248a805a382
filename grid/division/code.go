package division

import "github.com/gridgov/gridgov/internal/code"

// Code is a division or unit grid code as a number: its digits, filled with
// zeros to fifteen. Codes order as their digits do, so a place comes before
// everything in it, and < and == work. The zero Code is none.
//
// Parse, Of and Child answer only valid codes. A number from elsewhere, such as
// an integer column, may be converted and asked Valid; the other methods answer
// something for any number and never panic.
type Code uint64

// codesMax is above every number of fifteen digits.
const codesMax = 1e15

// Valid reports whether c obeys the rules of the package; the zero Code does not.
func (c Code) Valid() bool {
	return c < codesMax && c.wrong(false) == 0
}

// Level is the level that c names. The zero Code has none.
func (c Code) Level() Level {
	switch {
	case c == 0 || c >= codesMax:
		return 0
	case c%1e3 != 0:
		return Grid
	case c%1e6 != 0:
		return Community
	case c%1e9 != 0:
		return Street
	case c%1e11 != 0:
		return County
	case c%1e13 != 0:
		return Prefecture
	default:
		return Province
	}
}

// Part is the number that c has at level l: of 440309006001012, 6 at Street and
// 12 at Grid. It is 0 where c has none, and for no level.
func (c Code) Part(l Level) int {
	if !l.Known() || c >= codesMax {
		return 0
	}
	return int(uint64(c) / layout[l].unit % (layout[l].top + 1))
}

// Sequence is the number of a unit grid in its community, from 1; 0 if c is not
// the code of a unit grid.
func (c Code) Sequence() int { return c.Part(Grid) }

// Of reads the code of a map's unit, and reports false if it is not a division
// code at all, as with most codes that a subdistrict makes up for its own grids.
func Of(c code.Code) (Code, bool) { return read(c) }

// GridCode is c as the code of a map's unit, in the form of String.
func (c Code) GridCode() code.Code { return code.Code(c.String()) }
