package geofile

import (
	"github.com/paulmach/orb"
)

// ground brings the places of a file to where the caller wants them.
type ground struct {
	transform func(orb.Point) (orb.Point, error)
	projected bool
}

func groundOf(opts Options) ground { return ground{opts.Transform, opts.Projected} }

// same reports whether p stays as it is, which nearly all places do.
func (g ground) same(p orb.Point) bool { return g.transform == nil && (g.projected || inDegrees(p)) }

// land answers where p lies, or an Error without a position. p is of finite
// numbers.
func (g ground) land(p orb.Point) (orb.Point, *Error) {
	found := []string{format(p[0]), format(p[1])}
	if g.transform != nil {
		q, err := g.transform(p)
		if err != nil {
			return p, &Error{Err: ErrTransform, Args: found, Cause: err}
		}
		if !finite(q) {
			return p, &Error{Err: ErrTransform, Args: found}
		}
		p = q
	}
	if !g.projected && !inDegrees(p) {
		return p, &Error{Err: ErrRange, Args: []string{format(p[0]), format(p[1])}}
	}
	return p, nil
}

func finite(p orb.Point) bool { return p[0]-p[0] == 0 && p[1]-p[1] == 0 }
