package finance

// AccountKind is the place where money is.
type AccountKind string

// The account kinds. Every account but Outside is zero or above, always.
const (
	Outside   AccountKind = "outside"    // the world money comes from; minus all appropriations
	LineHeld  AccountKind = "line"       // available on a fund line
	LotHeld   AccountKind = "lot"        // available in a lot
	Bound     AccountKind = "commitment" // committed and not yet paid, of one lot
	SpentHere AccountKind = "spent"      // paid out, of one lot
)

// Account names one account of the double entry behind the book. Outside has
// no codes, LineHeld a Line, LotHeld and SpentHere a Line and a Mandate, Bound
// all three.
type Account struct {
	Kind       AccountKind `json:"kind"`
	Line       Code        `json:"line,omitzero"`
	Mandate    Code        `json:"mandate,omitzero"`
	Commitment Code        `json:"commitment,omitzero"`
}

// Posting changes the balance of one account by Amount, never zero.
type Posting struct {
	Account Account `json:"account"`
	Amount  Fen     `json:"amount"`
}

// Postings is the entry as double entry: the postings of its fact in the order
// of its shares. They add up to zero. The balance of an account is the sum of
// its postings over all entries that were applied; every figure the book answers can be had from
// them. Refusals, statements and openings have none.
func (e Entry) Postings() []Posting {
	if FactName(e.Fact) == "" {
		return nil
	}
	return e.Fact.movements(nil)
}

// move appends a transfer of amount between two accounts, nothing for zero.
func move(dst []Posting, from, to Account, amount Fen) []Posting {
	if amount == 0 {
		return dst
	}
	return append(dst, Posting{from, -amount}, Posting{to, amount})
}

func (Opened) movements(dst []Posting) []Posting   { return dst }
func (Asserted) movements(dst []Posting) []Posting { return dst }
func (Refused) movements(dst []Posting) []Posting  { return dst }

func (f Appropriated) movements(dst []Posting) []Posting {
	return move(dst, Account{Kind: Outside}, Account{Kind: LineHeld, Line: f.Line}, f.Amount)
}

func (f Funded) movements(dst []Posting) []Posting {
	for _, s := range f.Shares {
		dst = move(dst, Account{Kind: LineHeld, Line: s.Line}, Account{Kind: LotHeld, Line: s.Line, Mandate: f.Mandate}, s.Amount)
	}
	return dst
}

func (f Committed) movements(dst []Posting) []Posting {
	for _, s := range f.Parts {
		dst = move(dst, Account{Kind: LotHeld, Line: s.Line, Mandate: f.Mandate}, Account{Bound, s.Line, f.Mandate, f.Commitment}, s.Amount)
	}
	return dst
}

func (f Paid) movements(dst []Posting) []Posting {
	for _, s := range f.Parts {
		dst = move(dst, Account{Bound, s.Line, f.Mandate, f.Commitment}, Account{Kind: SpentHere, Line: s.Line, Mandate: f.Mandate}, s.Amount)
	}
	return dst
}

func (f Released) movements(dst []Posting) []Posting {
	for _, s := range f.Parts {
		dst = move(dst, Account{Bound, s.Line, f.Mandate, f.Commitment}, Account{Kind: LotHeld, Line: s.Line, Mandate: f.Mandate}, s.Amount)
	}
	return dst
}

func (f Settled) movements(dst []Posting) []Posting {
	for _, s := range f.TrueUps {
		dst = move(dst, Account{Kind: LotHeld, Line: s.Line, Mandate: f.Mandate}, Account{Kind: SpentHere, Line: s.Line, Mandate: f.Mandate}, s.Amount)
	}
	for _, s := range f.Returned {
		dst = move(dst, Account{Kind: LotHeld, Line: s.Line, Mandate: f.Mandate}, Account{Kind: LineHeld, Line: s.Line}, s.Amount)
	}
	return dst
}
