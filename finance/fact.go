package finance

// Fact is what happened: Opened, Appropriated, Funded, Committed, Paid,
// Released, Settled, Asserted or Refused, by value. Facts lists them.
type Fact interface {
	fact() string
	// movements appends the postings of the fact, which add up to zero.
	movements(dst []Posting) []Posting
}

// Opened: a fund line was opened. It moves no money.
type Opened Open

// Appropriated: money came from outside into a line.
type Appropriated Appropriate

// Funded: a mandate was admitted and its money earmarked. Shares are in the
// order of their lines' codes, which is the order of the lots.
type Funded Fund

// Committed: money was bound to a payee. Parts says how much each lot gave, in
// lot order, without zeros; they add up to Amount.
type Committed struct {
	Mandate    Code    `json:"mandate"`
	Commitment Code    `json:"commitment"`
	Payee      Code    `json:"payee"`
	Purpose    Code    `json:"purpose"`
	Amount     Fen     `json:"amount"`
	Parts      []Share `json:"parts"`
}

// Paid: a payee was paid. Parts says out of which lot, in lot order, without
// zeros; they add up to Amount.
type Paid struct {
	Mandate    Code    `json:"mandate"`
	Commitment Code    `json:"commitment"`
	Payment    Code    `json:"payment"`
	Amount     Fen     `json:"amount"`
	Parts      []Share `json:"parts"`
}

// Released: the unpaid rest of a commitment went back to its lots. Parts says
// how much to which, in lot order, without zeros.
type Released struct {
	Mandate    Code    `json:"mandate"`
	Commitment Code    `json:"commitment"`
	Parts      []Share `json:"parts"`
}

// Settled: a mandate ended. Spent is what it spent in all. TrueUps moves the
// burden of single fen between the lots so that each bears its exact share of
// Spent rounded by largest remainder: an amount above zero is spending the lot
// takes over from the others, below zero spending it is relieved of; they add
// up to zero. Returned is what each line then gets back. Both are in lot order,
// without zeros.
type Settled struct {
	Mandate  Code    `json:"mandate"`
	Spent    Fen     `json:"spent"`
	TrueUps  []Share `json:"true_ups,omitempty"`
	Returned []Share `json:"returned,omitempty"`
}

// Asserted: an outside statement gave Stated for a line or a mandate when the
// book held Held. It moves no money.
type Asserted struct {
	Line    Code `json:"line,omitzero"`
	Mandate Code `json:"mandate,omitzero"`
	Stated  Fen  `json:"stated"`
	Held    Fen  `json:"held"`
}

// Refused: a keyed command was refused. It changes nothing but the sequence and
// the key index, so that the same key is refused for ever.
type Refused struct {
	Verb string `json:"verb"`
	Refusal
}

func (Opened) fact() string       { return "opened" }
func (Appropriated) fact() string { return "appropriated" }
func (Funded) fact() string       { return "funded" }
func (Committed) fact() string    { return "committed" }
func (Paid) fact() string         { return "paid" }
func (Released) fact() string     { return "released" }
func (Settled) fact() string      { return "settled" }
func (Asserted) fact() string     { return "asserted" }
func (Refused) fact() string      { return "refused" }

// Facts lists the zero value of every fact.
func Facts() []Fact {
	return []Fact{Opened{}, Appropriated{}, Funded{}, Committed{}, Paid{}, Released{}, Settled{}, Asserted{}, Refused{}}
}

// FactName is the name of a fact as entries are written, "" when f is not one
// of the facts by value.
func FactName(f Fact) string {
	switch f.(type) {
	case Opened, Appropriated, Funded, Committed, Paid, Released, Settled, Asserted, Refused:
		return f.fact()
	}
	return ""
}
