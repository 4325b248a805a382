package geofile

import (
	"bytes"

	"github.com/gridgov/gridgov/grid/crs"
)

// ground is how the places of s become WGS84 degrees: as opts say, else as
// the .prj says.
func (s *Shapefile) ground(opts Options) (ground, *Error) {
	if opts.Transform != nil || opts.Projected || len(bytes.Trim(s.PRJ, "\x00 \t\r\n")) == 0 {
		return groundOf(opts), nil
	}
	system, err := crs.ParseWKT(s.Projection())
	if err != nil {
		return groundOf(opts), &Error{Position: Position{File: s.Name + ".prj"}, Err: ErrCRS, Cause: err}
	}
	if system != crs.WGS84() && system != crs.CGCS2000() {
		opts.Transform = system.ToWGS84
	}
	return groundOf(opts), nil
}
