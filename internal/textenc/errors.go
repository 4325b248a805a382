package textenc

import (
	"errors"
	"fmt"
)

// The faults of a file, in the order in which Decode and DecodeAs report them.
var (
	ErrTooLong    = errors.New("text is longer than allowed")
	ErrUTF16      = errors.New("text is UTF-16; save it as UTF-8")
	ErrNotUTF8    = errors.New("text is UTF-8 with a byte that is not")
	ErrNotGB18030 = errors.New("text is GB18030 with a byte that is not") // only where it was named
	ErrNeither    = errors.New("text is neither UTF-8 nor GB18030")
)

// Fault says where a file stops being text.
type Fault struct {
	Offset int   // of the first byte that cannot be read, from 0
	Line   int   // from 1; a line ends with a line feed
	Column int   // in characters from 1; a byte order mark has none
	Err    error // one of the sentinels above
}

// Error is "line 3, column 7: …".
func (f *Fault) Error() string {
	return fmt.Sprintf("line %d, column %d: %v", f.Line, f.Column, f.Err)
}

// Unwrap is the sentinel.
func (f *Fault) Unwrap() error { return f.Err }
