package street

import (
	"slices"

	"github.com/paulmach/orb"
)

// addressBook finds places by address.
type addressBook struct {
	places  map[string]place
	lengths []int // of the addresses, in bytes, longest first, each once
}

type place struct {
	point    orb.Point
	hasPoint bool
	area     Code
}

func newAddressBook() *addressBook { return &addressBook{places: map[string]place{}} }

func (b *addressBook) add(address string, p place) bool {
	if _, ok := b.places[address]; ok {
		return false
	}
	b.places[address] = p
	if i, ok := slices.BinarySearchFunc(b.lengths, len(address), func(have, want int) int { return want - have }); !ok {
		b.lengths = slices.Insert(b.lengths, i, len(address))
	}
	return true
}

// find answers the place of an address: exactly, else of the longest address
// that is a prefix of it.
func (b *addressBook) find(address string) (place, bool) {
	if p, ok := b.places[address]; ok {
		return p, true
	}
	for _, n := range b.lengths {
		if n < len(address) {
			if p, ok := b.places[address[:n]]; ok {
				return p, true
			}
		}
	}
	return place{}, false
}
