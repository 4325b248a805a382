package party

import "iter"

// AllRegistrations yields every registration, open or not, by area, person, kind
// and beginning.
func (d *Directory) AllRegistrations() iter.Seq[Registration] {
	return func(yield func(Registration) bool) {
		if d == nil {
			return
		}
		for _, r := range d.registrations {
			if !yield(r) {
				return
			}
		}
	}
}

// AllRights yields every right of a kind, in force or not, by holder, scope and
// beginning.
func (d *Directory) AllRights(kind RightKind) iter.Seq[Right] {
	return func(yield func(Right) bool) {
		if d == nil {
			return
		}
		for _, r := range d.rights[kind] {
			if !yield(r) {
				return
			}
		}
	}
}

// AllFacilities yields every facility, there or not, by party, kind and code.
func (d *Directory) AllFacilities() iter.Seq[Facility] {
	return func(yield func(Facility) bool) {
		if d == nil {
			return
		}
		for _, x := range d.facilities {
			if !yield(x) {
				return
			}
		}
	}
}
