package journaltest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

// T is what a rule needs of a *testing.T.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	FailNow()
	Cleanup(func())
	Context() context.Context
}

// Rig is one empty store and what may be done to it from outside. Every hook may
// be nil: then the rules that need it are skipped. A hook that answers a store
// gives one that holds the same data; Run closes every store it gets.
type Rig struct {
	// Store is open and empty.
	Store journal.Store
	// Reopen opens the data of a closed store.
	Reopen func() (journal.Store, error)
	// Crash gives up the store without Close, as a killed process does, and opens
	// the data that a power cut leaves.
	Crash func() (journal.Store, error)
	// Damage changes a byte of a record behind the store's back and opens the
	// data; an error that is ErrCorrupt will do as well.
	Damage func(stream string, seq journal.Seq) (journal.Store, error)
	// Fill leaves no space for another record, until free is called.
	Fill func() (free func(), err error)
	// Cut makes the next Append lose its answer, once with the batch written and
	// once without.
	Cut func(written bool)
}

// Rule is one promise.
type Rule struct {
	Name  string
	Says  string              // the promise in words
	Needs func(rig *Rig) bool // nil when every store can be tested
	Check func(t T, rig *Rig) // gets a rig of its own
}

// Run checks every rule, each on a rig of its own.
func Run(t *testing.T, open func(t T) *Rig) {
	for _, rule := range Rules() {
		t.Run(rule.Name, func(t *testing.T) {
			rig := open(t)
			require.NotNil(t, rig.Store, "the rig needs a store")
			defer func() { _ = rig.Store.Close() }()
			if rule.Needs != nil && !rule.Needs(rig) {
				t.Skipf("no hook for: %s", rule.Says)
			}
			rule.Check(t, rig)
		})
	}
}

// Rules lists every promise, in the order in which Run checks them.
func Rules() []Rule {
	var all []Rule
	for _, group := range [][]Rule{appendRules, chainRules, expectRules, keyRules, readRules, limitRules, snapshotRules, privateRules, lifeRules, faultRules} {
		all = append(all, group...)
	}
	return all
}
