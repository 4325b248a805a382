package journal_test

import (
	"testing"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/journal/journaltest"
)

func TestMemory(t *testing.T) {
	journaltest.Run(t, func(journaltest.T) *journaltest.Rig {
		return &journaltest.Rig{Store: journal.NewMemory()}
	})
}
