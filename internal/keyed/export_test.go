package keyed

// CellOf is what a cell of the key says besides its number; x must have a key.
func (x *Index) CellOf(key Sum) uint64 { return x.hash(&key) &^ numberMask }
