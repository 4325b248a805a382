package points

// Fact is what happened: Adopted, Awarded, Deducted, Reversed or Refused, by value.
// Facts lists them.
type Fact interface{ fact() string }

// Adopted: a plan was adopted. Its items are by code.
type Adopted Adopt

// Awarded: points of an item were given. Asked is what the item gives so many
// times; Given is what the caps left room for. When that is less, Cut names the cap
// that left the least room (the item's, when both left the same) and Cap is its size.
type Awarded struct {
	Award   Code   `json:"award"`
	Subject Code   `json:"subject"`
	Item    Code   `json:"item"`
	On      Date   `json:"on"`
	Times   int    `json:"times"`
	Basis   Code   `json:"basis,omitzero"`
	Asked   Points `json:"asked"`
	Given   Points `json:"given"`
	Cut     Cut    `json:"cut,omitzero"`
	Cap     Points `json:"cap,omitzero"`
}

// Deducted: points of an item were taken. Asked and Given are below zero, or zero.
type Deducted Awarded

// Cut is which cap cut a mark.
type Cut string

// The cuts.
const (
	NotCut  Cut = ""
	CutItem Cut = "item" // the cap of the item for its period
	CutYear Cut = "year" // the cap of the year over all items
)

// Reversed: a mark was taken back. Back is what that changes: the opposite of what
// it stood for. Refills are the marks of the same account that got what was freed,
// in the order in which they were recorded.
type Reversed struct {
	Award   Code     `json:"award"`
	Subject Code     `json:"subject"`
	Year    int      `json:"year"`
	Reason  Code     `json:"reason,omitzero"`
	Back    Points   `json:"back"`
	Refills []Refill `json:"refills,omitempty"`
}

// Refill is what a cut mark got when room became free; below zero for a deduction.
type Refill struct {
	Award  Code   `json:"award"`
	Points Points `json:"points"`
}

// Refused: a keyed command was refused. It changes nothing but the sequence and the
// key index, so that the same key is refused for ever.
type Refused struct {
	Verb string `json:"verb"`
	Refusal
}

func (Adopted) fact() string  { return "adopted" }
func (Awarded) fact() string  { return "awarded" }
func (Deducted) fact() string { return "deducted" }
func (Reversed) fact() string { return "reversed" }
func (Refused) fact() string  { return "refused" }

// Facts lists the zero value of every fact.
func Facts() []Fact { return []Fact{Adopted{}, Awarded{}, Deducted{}, Reversed{}, Refused{}} }

// FactName is the name of a fact as entries are written, "" when f is not one of
// the facts by value.
func FactName(f Fact) string {
	switch f.(type) {
	case Adopted, Awarded, Deducted, Reversed, Refused:
		return f.fact()
	}
	return ""
}
