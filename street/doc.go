// Package street runs one subdistrict (街道、镇、乡), never a road: it loads a
// street folder, wires the Desk and the Book together on one journal stream, and
// answers what became of every event.
//
// One command is one record: what it changes at the Desk and in the Book is
// written together or not at all, so a mandate can never be admitted without
// its money.
//
//	folder, err := street.Load(os.DirFS("my-street"), street.LoadOptions{Zone: time.LoadLocation})
//	s, err := street.Open(ctx, folder, journal.NewMemory())
//	outcome, err := s.File(ctx, event)
//
// Load checks a whole folder and reports every fault with file, line and column.
// Play lives a folder to an instant; Rows, Agree and ScoreBoard say how it went.
// The package has no rule of its own; what one package needs to know of another
// is translated by package adapt.
package street
