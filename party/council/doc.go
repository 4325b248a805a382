// Package council keeps the record of the councils of a subdistrict (议事会,
// 理事会, 联席会议, 例会): who sits on them, when they met, what was raised, how
// it was decided, who has to do it and by when.
//
// Minutes is a deterministic machine with one writer. It guarantees that nothing
// is decided without a quorum, that only those who may vote at that instant are
// counted, that a passed topic has exactly one owner, case or project from the
// same command on, and that it is never without a next due until it is done.
//
// # Councils, meetings, topics
//
// A council (议事组织) sits in an area and has Rules: a quorum, a threshold, a base
// and what becomes of abstentions and ties, all in integers, with the sentence
// they rest on. A council may rise to another one: block to community to
// subdistrict. A meeting is convened, opened with those who are present, and
// closed. A topic (议题) is
//
//	raised ──┬─ passed ──> tracking ──> done
//	  ^      ├─ failed        │
//	  │      ├─ withdrawn     │
//	  │      ├─ deferred ─┐   │
//	  └──────┼────────────┘   │
//	         └─ risen <───────┘   (a new topic is raised in the council above)
//
// A topic that rises keeps its id with "^1", "^2" … added, so the chain can be
// read off. In a coordination meeting (联席会议, 例会) what is unresolved when the
// meeting closes rises by itself.
//
// # Time
//
// A due on the instant is on time: it fires one millisecond later. A tracked
// topic past its due is Overdue once, is called up for ReviewDue every so many
// days, and after so many reviews rises; in a council that rises to none the
// reviews go on. Decide first emits what is due for what a command touches, so
// the cadence of Tick does not show in the state.
//
// # Commands and entries
//
// Decide is pure: it answers the entries that a command leads to, or a Refusal,
// and changes nothing. Apply folds an entry; the state is the fold of the
// entries. Every tally, split, threshold and armed instant that was decided is in
// the entry, so Apply reads no rule. A command with a Key takes effect once, for
// ever. Entries hold codes, numbers, titles and results; no personal text belongs
// in them.
//
// Minutes is not safe for concurrent use: the host lets one goroutine decide and
// apply, and readers wait.
package council
