package grid

// Flows are the areas in cm² that passed from leaf to leaf before slivers are
// told apart; "" is nobody. A leaf that was taken over from its twin unmeasured
// has -1.
func Flows(old, new *Map) map[[2]Code]int64 {
	d := &differ{old: newEdition(old), new: newEdition(new)}
	d.pair()
	d.stir()
	d.measure()
	out := map[[2]Code]int64{}
	for r := range old.Leaves(0) {
		if !d.old.swept[r] {
			out[[2]Code{d.old.code(r), d.new.code(d.old.twin[r])}] = -1
		}
	}
	for _, f := range d.flows {
		out[[2]Code{d.old.code(f.old), d.new.code(f.new)}] = f.area
	}
	return out
}

// ChangeTextsLack are the kinds and faults without both texts.
func ChangeTextsLack() (out []string) {
	for _, k := range ChangeKinds() {
		if t := changeTexts[string(k)]; t[0] == "" || t[1] == "" {
			out = append(out, string(k))
		}
	}
	for _, r := range timeRules {
		if r.chinese == "" {
			out = append(out, r.err.Error())
		}
	}
	return out
}
