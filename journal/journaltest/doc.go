// Package journaltest proves that a journal.Store keeps every promise of that
// interface: Run has one sub-test per promise, so a store's author sees the list.
//
//	func TestStore(t *testing.T) {
//		journaltest.Run(t, func(t journaltest.T) *journaltest.Rig {
//			dir := …
//			return &journaltest.Rig{Store: open(dir), Reopen: func() (journal.Store, error) { return open(dir) }}
//		})
//	}
//
// What needs a disk, a connection or a full device is tested when the Rig has the
// hook for it and skipped otherwise. Import this package from tests only.
package journaltest
