package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/gridgov/gridgov/dispatch/interchange"
)

// export prints every recorded fact about cases and mandates as a CloudEvent 1.0 in
// JSON, one a line, in the order of the journal.
func (a *app) export(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return badInput(fmt.Errorf("unexpected %q", args))
	}
	s, _, err := a.lived(ctx)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.stdout)
	for e, err := range s.DeskEntries(ctx) {
		if err != nil {
			return err
		}
		line, err := interchange.Encode(e, interchange.Envelope{Source: a.source})
		if err != nil {
			return badInput(err)
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}
