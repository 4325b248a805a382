package adapt

import (
	"encoding/json"
	"strings"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
)

// Appropriation brings a fund line's yearly amount into it.
func Appropriation(line finance.Open, amount finance.Fen) finance.Appropriate {
	return finance.Appropriate{Line: line.Line, Amount: amount}
}

// Funding is the Book's half of an admission: the same mandate, community and
// approver, paid by shares that add up to the mandate's amount.
func Funding(m dispatch.Mandate, purpose finance.Code, year int, shares []finance.Share) finance.Fund {
	return finance.Fund{
		Mandate: m.ID, Purpose: purpose, Year: year, Community: m.Community, Approver: m.Approver, Shares: shares,
	}
}

// YuanToFen rewrites the named member of a JSON object from yuan text, as files
// have it, to fen, as the Desk holds it. An object without the member, or
// without anything, is left alone.
func YuanToFen(object json.RawMessage, member string) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if len(object) == 0 || json.Unmarshal(object, &fields) != nil || len(fields[member]) == 0 {
		return object, nil // what is wrong with it is told when it is decoded
	}
	var amount finance.Fen
	if err := json.Unmarshal(fields[member], &amount); err != nil {
		return nil, err
	}
	fields[member] = json.RawMessage(fenDigits(amount))
	return json.Marshal(fields)
}

func fenDigits(amount finance.Fen) []byte {
	digits, _ := json.Marshal(int64(amount)) // an integer can always be written
	return digits
}

// Evidence lists URIs as evidence for a report, of the kind that stands before an equals
// sign and is a plain word, else of kind "report": "before=photos/17.jpg".
func Evidence(uris []string) []dispatch.Evidence {
	var list []dispatch.Evidence
	for _, uri := range uris {
		kind, rest, named := strings.Cut(uri, "=")
		if !named || kind == "" || rest == "" || strings.ContainsAny(kind, ":/?#&.%") {
			kind, rest = "report", uri
		}
		list = append(list, dispatch.Evidence{Kind: kind, URI: rest})
	}
	return list
}
