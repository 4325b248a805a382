package finance

import (
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Book is the ledger of one subdistrict's money: fund lines, mandates, their
// lots, commitments and payments. The zero Book is empty and ready. It is a
// deterministic machine for one writer and not safe for concurrent use; Decide
// and every query leave it unchanged, so they may run side by side between two
// calls of Apply.
type Book struct {
	authority   Authority
	seq         uint64
	at          int64 // Unix milliseconds of the last entry
	keys        keyed.Index
	refused     map[uint64]Refusal // by sequence number, for replays
	lines       map[Code]*line
	mandates    map[Code]*mandate
	commitments map[Code]*commitment
	payments    map[Code]payment
	total       flows
	lots        int
}

// flows is money in and out of all lines together. appropriated and earmarked
// only grow, and bound every other amount of the book: while they are in range
// so is everything else.
type flows struct{ appropriated, earmarked, returned, spent, bound Fen }

// line is a fund line. available = appropriated − earmarked + returned.
type line struct {
	Open
	appropriated, earmarked, returned Fen
	stated                            *Statement
	version                           uint64
}

func (l *line) available() Fen { return l.appropriated - l.earmarked + l.returned }

// mandate is a funded mandate. open counts commitments with something left.
type mandate struct {
	Fund                  // Shares is nil: see lots
	lots                  []lot
	commitments           []*commitment // in the order of commitment
	open                  int
	special               bool // some lot is special money
	settled               bool
	fundedAt, settledAt   int64
	available, bound, out Fen // sums over the lots; out is spent
	stated                *Statement
	version               uint64
}

// lot is the money of one line in one mandate.
// granted = available + bound + spent + returned, none below zero.
type lot struct {
	code                                       Code // of the line
	line                                       *line
	granted, available, bound, spent, returned Fen
}

// commitment binds money of a mandate. rest[i] is what is left of it in lot i.
type commitment struct {
	mandate                     *mandate
	code, payee, purpose        Code
	amount, paid, released, rem Fen // amount = paid + released + rem, rem = Σ rest
	rest                        []Fen
	at                          int64
}

// payment is one payment on a commitment.
type payment struct {
	commitment *commitment
	amount     Fen
	at         int64
}

// NewBook answers an empty book.
func NewBook() *Book { return &Book{} }

// Authority says who may do what. A *party.Directory is one.
type Authority interface {
	// Allows reports whether a person acting on a post may use a right ("approve")
	// over a party or area at the instant.
	Allows(person, post Code, right string, scope Code, at time.Time) bool
}

// Limiter is an Authority that also says how much money an actor may approve in one
// command (审批权限). A *party.Directory is one, by the Limit of its posts.
type Limiter interface {
	Authority
	// ApprovalLimit answers the largest amount in fen that a person acting on a post
	// may approve over a party or area at the instant, or that there is no limit.
	ApprovalLimit(person, post Code, scope Code, at time.Time) (fen int64, limited bool)
}

// Under makes the book ask a for rights from now on; nil allows everything. The
// zero Actor, the host itself, is never asked about. It is no fact: entries hold
// what was decided, so a book that is replayed needs no authority. An a that is a
// Limiter also limits what Appropriate, Fund, Commit and Pay may move in one
// command; the amount of a Fund is the sum of its shares.
func (b *Book) Under(a Authority) { b.authority = a }

// RightApprove is the right (审批) that every command needs but Assert: over the
// party of the line to open it or to bring money in, over the mandate's community
// for all else.
const RightApprove = "approve"

// Seq is the sequence number of the last entry, 0 for none.
func (b *Book) Seq() uint64 { return b.seq }

// after answers the first lot of that line after lot i, -1 for none. The parts
// of a fact are in lot order, so one walk finds them all.
func (m *mandate) after(i int, line Code) int {
	for i++; i < len(m.lots); i++ {
		if m.lots[i].code == line {
			return i
		}
	}
	return -1
}

// put sets a key of a map that may not have been made yet.
func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}
