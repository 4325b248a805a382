package finance

import (
	"time"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/envelope"
)

// Code identifies a fund line, a mandate, a commitment, a payment, a purpose, a
// party or a person, each among its own kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Limits. They bound what one command can make the book do.
const (
	KeyMax    = 1024  // bytes of a key
	TextMax   = 512   // bytes of a name or a basis
	SharesMax = 64    // lines that fund one mandate
	OpenMax   = 1_000 // open commitments of one mandate, which one Settle may release
	YearMax   = 9999  // years run from 1
)

// Actor is who gives a command: a person, acting on a post. The zero Actor is
// the host itself, a system of record.
type Actor struct {
	Person Code `json:"person,omitzero"`
	Post   Code `json:"post,omitzero"`
}

// Command asks the book to do something. A Key makes it safe to send again:
// the same key with the same actor and Do answers the first outcome for ever,
// with another body it is ErrReused. An empty Key is no key. Expect, when not
// zero, must be the version of what the command touches (the mandate; for Open,
// Appropriate and Assert of a line, the line), else it is refused as stale.
type Command struct {
	Key    string
	Actor  Actor
	Expect uint64
	Do     Do
}

// Do is one of the verbs, given by value: Open, Appropriate, Fund, Commit, Pay,
// Release, Settle, Assert. Verbs lists them.
type Do interface {
	verb() string
	check() *Error // nil when well formed
	appendJSON(dst []byte) []byte
}

// Source is the class of money of a fund line (资金来源).
type Source string

// The sources.
const (
	Treasury   Source = "finance"    // 财政
	Department Source = "department" // 部门
	Social     Source = "social"     // 社会
)

// Share is an amount of one fund line.
type Share struct {
	Line   Code `json:"line"`
	Amount Fen  `json:"amount"`
}

// Open opens a fund line (指标): money of one party for one purpose and one
// year. The money of a special line (专项资金) may fund only mandates whose
// purpose it covers: its own purpose or one below it by dots ("park" covers
// "park.lights").
type Open struct {
	Line    Code   `json:"line"`
	Name    string `json:"name"`
	Party   Code   `json:"party"`
	Purpose Code   `json:"purpose"`
	Year    int    `json:"year"`
	Source  Source `json:"source"`
	Special bool   `json:"special"`
}

// Appropriate brings money from outside into a line (下达). Basis is the
// document it rests on and may be empty.
type Appropriate struct {
	Line   Code   `json:"line"`
	Amount Fen    `json:"amount"`
	Basis  string `json:"basis"`
}

// Fund admits a mandate and transfers its money in one step (准入并划转): the
// shares of one or more lines are earmarked for it, all or none. The order of
// the shares does not matter; lots are kept in the order of their lines' codes.
type Fund struct {
	Mandate   Code    `json:"mandate"`
	Purpose   Code    `json:"purpose"`
	Year      int     `json:"year"`
	Community Code    `json:"community"`
	Approver  Code    `json:"approver"`
	Shares    []Share `json:"shares"`
}

// Commit binds money of a mandate to a payee (签约). It is drawn from the lots
// in proportion to what each has available. Purpose may be empty: the
// mandate's. In a mandate that holds special money it must be covered by the
// mandate's purpose.
type Commit struct {
	Mandate    Code `json:"mandate"`
	Commitment Code `json:"commitment"`
	Payee      Code `json:"payee"`
	Purpose    Code `json:"purpose"`
	Amount     Fen  `json:"amount"`
}

// Pay pays part or all of a commitment (支付), in proportion to what is left of
// it in each lot. Payment is unique in the book.
type Pay struct {
	Commitment Code `json:"commitment"`
	Payment    Code `json:"payment"`
	Amount     Fen  `json:"amount"`
}

// Release gives the unpaid rest of a commitment back to its lots (解除).
type Release struct {
	Commitment Code `json:"commitment"`
}

// Settle ends a mandate (决算) and returns what was not spent to the lines it
// came from. Open commitments stop it, unless Release is set: then they are
// released first.
type Settle struct {
	Mandate Code `json:"mandate"`
	Release bool `json:"release"`
}

// Assert records what an outside statement (对账单) says is left of a line
// (what it has available) or of a mandate (available and committed). It is
// recorded whether it agrees with the book or not; Book.Differences lists those
// that did not.
type Assert struct {
	Line    Code `json:"line,omitzero"`
	Mandate Code `json:"mandate,omitzero"`
	Balance Fen  `json:"balance"`
}

func (Open) verb() string        { return "open" }
func (Appropriate) verb() string { return "appropriate" }
func (Fund) verb() string        { return "fund" }
func (Commit) verb() string      { return "commit" }
func (Pay) verb() string         { return "pay" }
func (Release) verb() string     { return "release" }
func (Settle) verb() string      { return "settle" }
func (Assert) verb() string      { return "assert" }

// Verb describes one verb.
type Verb struct {
	Name string // as in "do" of commands.jsonl
	Doc  string // one line
	Zero Do     // its zero value, which shows the fields
}

// Verbs lists every verb, in the order in which money meets them.
func Verbs() []Verb {
	return []Verb{
		{"open", "open a fund line (指标)", Open{}},
		{"appropriate", "bring money from outside into a line", Appropriate{}},
		{"fund", "admit a mandate and transfer its money from one or more lines", Fund{}},
		{"commit", "bind money of a mandate to a payee", Commit{}},
		{"pay", "pay part or all of a commitment", Pay{}},
		{"release", "give the unpaid rest of a commitment back to the mandate", Release{}},
		{"settle", "end a mandate and return the surplus to the payers by share", Settle{}},
		{"assert", "record what an outside statement says is left", Assert{}},
	}
}

// millis is at as Unix milliseconds, or why it cannot be one.
func millis(at time.Time) (int64, error) {
	ms, err := envelope.Millis(at, ErrNotMillis, ErrTimeRange)
	if err != nil {
		return 0, &Error{Field: "at", Err: err}
	}
	return ms, nil
}
