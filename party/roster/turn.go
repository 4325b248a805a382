package roster

import (
	"fmt"
	"strconv"
)

// Unit is what a Turn counts.
type Unit uint8

// The units of a turn.
const (
	WorkedDays Unit = iota // dates that the rotation works
	Weeks                  // calendar weeks, from Monday
	Months                 // calendar months
)

// TurnMax is the longest turn in any unit: a year of days.
const TurnMax = 366

// Turn says after how many units the next members take over. The zero Turn is one
// worked day.
type Turn struct {
	N    int // 0 means 1
	Unit Unit
}

const unitLetters = "dwm"

// ParseTurn reads "3" or "3d" (worked days), "2w" (weeks), "1m" (months), from 1 to
// TurnMax. Anything else is ErrTurn.
func ParseTurn(text string) (Turn, error) {
	number, unit := text, WorkedDays
	for i, letter := range unitLetters {
		if n := len(text) - 1; n > 0 && rune(text[n]) == letter {
			number, unit = text[:n], Unit(i)
		}
	}
	n, ok := whole(number)
	if t := (Turn{N: n, Unit: unit}); ok && n > 0 && t.valid() {
		return t, nil
	}
	return Turn{}, fmt.Errorf("%w: %q is not written as 3, 3d, 2w or 1m", ErrTurn, text)
}

func (t Turn) valid() bool { return t.N >= 0 && t.N <= TurnMax && t.Unit <= Months }

func (t Turn) orDefault() Turn {
	if t.N == 0 {
		t.N = 1
	}
	return t
}

// String writes the turn as ParseTurn reads it.
func (t Turn) String() string {
	t = t.orDefault()
	if t.Unit > Months {
		return fmt.Sprintf("%d of unit %d", t.N, t.Unit)
	}
	return strconv.Itoa(t.N) + unitLetters[t.Unit:t.Unit+1]
}

// MarshalText writes the turn as ParseTurn reads it.
func (t Turn) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a turn as ParseTurn does.
func (t *Turn) UnmarshalText(text []byte) error {
	parsed, err := ParseTurn(string(text))
	if err == nil {
		*t = parsed
	}
	return err
}

// whole reads a number of one to four digits.
func whole(text string) (int, bool) {
	if len(text) == 0 || len(text) > 4 {
		return 0, false
	}
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = 10*n + int(text[i]-'0')
	}
	return n, true
}
