package fault_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/fault"
)

type place struct{ at string }

func (p *place) Error() string { return "bad " + p.at }

func TestLines(t *testing.T) {
	two := []*place{{"here"}, {"there"}}
	require.Equal(t, "bad here\nbad there", fault.Lines(two, 0, "grid: %d more faults"))
	require.Equal(t, "bad here\nbad there\ngrid: 3 more faults", fault.Lines(two, 3, "grid: %d more faults"))
	require.Equal(t, "grid: 1 more faults", fault.Lines[*place](nil, 1, "grid: %d more faults"))
	require.Empty(t, fault.Lines[*place](nil, 0, "grid: %d more faults"))
}

func TestErrors(t *testing.T) {
	two := []*place{{"here"}, {"there"}}
	errs := fault.Errors(two)
	require.Equal(t, []error{two[0], two[1]}, errs)
	joined := errors.Join(errs...)
	require.ErrorIs(t, joined, two[1])
	errs[0] = nil
	require.Equal(t, "here", two[0].at, "the list is its own")
	require.NotNil(t, fault.Errors[*place](nil))
}
