package notice

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
)

// Hash identifies the notice as SHA-256 of its JSON without people's names and
// what is missing because they are gone, so that erasing somebody does not change
// what was recorded about an old notice. Times that show alike hash alike.
func (n Notice) Hash() [32]byte {
	blank := func(list []Posting) []Posting {
		list = slices.Clone(list)
		for i := range list {
			list[i].Name, list[i].Nameless = "", false
		}
		return list
	}
	n.Head = blank([]Posting{n.Head})[0]
	n.Leads, n.Staff, n.Council = blank(n.Leads), blank(n.Staff), slices.Clone(n.Council)
	for i := range n.Council {
		n.Council[i].Name, n.Council[i].Nameless = "", false
	}
	n.Missing = slices.DeleteFunc(slices.Clone(n.Missing), func(m Missing) bool { return m.Kind == NoName })
	data, err := json.Marshal(n)
	if err != nil {
		return [32]byte{} // an instant outside the years 0 to 9999 cannot be written
	}
	return sha256.Sum256(data)
}
