package assess

import "time"

// The limits of one Fact and of one Score: eight levels of area and as many of
// party, several times over; and so many facts that all their groups together
// can be numbered in 32 bits.
const (
	GroupsPerFactMax = 64
	MarksPerFactMax  = 64
	FactsMax         = 1 << 24
)

// Group is a thing that is assessed (评价对象): a member of one kind.
type Group struct {
	By   string `json:"by"` // the kind: "area", "party", "post" …; a code
	Code Code   `json:"code"`
}

// Fact is one undertaking at one instant, and what is true of it. Cases that are
// assessed by their due time have At = due. When some rates go by the due time
// and others by the filing, the caller gives two facts with ids of their own.
type Fact struct {
	ID     Code
	At     time.Time // decides the period; required
	Groups []Group   // what it counts for; a group that repeats counts once
	Marks  []string  // the named true things; those no indicator names are ignored
}
