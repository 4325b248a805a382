package keyed

// Misfit is the field of a new entry's head that cannot be, "" when there is none: the
// "sum" of a body without a key; the "key" that was used before, or that a recorded
// refusal lacks, which is recorded for the sake of it.
func (x *Index) Misfit(key, sum Sum, refused bool) string {
	if key == (Sum{}) {
		switch {
		case sum != Sum{}:
			return "sum"
		case refused:
			return "key"
		}
		return ""
	}
	if _, seen, _ := x.Find(key, sum); seen {
		return "key"
	}
	return ""
}
