package track

// record is one fix of a track, 16 bytes. The instant is given by its low bits;
// see ring.at.
type record struct {
	place
	low      uint32
	accuracy uint32 // mm
}

// ringLeast is the room of a new track.
const ringLeast = 4

// ring is the fixes of one person, oldest first, at strictly growing instants, all
// less than 2³² ms (49 days) apart: Options.Retention and Ahead are below that.
type ring struct {
	fixes []record // as many as a power of two
	head  int      // of the oldest
	n     int
	first int64 // the instant of the oldest
	last  int64 // the instant of the latest
}

func (r *ring) record(i int) record { return r.fixes[(r.head+i)&(len(r.fixes)-1)] }

func (r *ring) set(i int, x record) { r.fixes[(r.head+i)&(len(r.fixes)-1)] = x }

// at is the instant of a fix, in milliseconds: the one below 2³² before the latest
// that has its low bits.
func (r *ring) at(i int) int64 { return r.last - int64(uint32(r.last)-r.record(i).low) }

// from is how many fixes are earlier than at. O(log n), O(1) at both ends.
func (r *ring) from(at int64) int {
	switch {
	case r.n == 0 || at > r.last:
		return r.n
	case at <= r.first:
		return 0
	}
	low, high := 1, r.n-1 // the latest is not earlier
	for low < high {
		middle := (low + high) / 2
		if r.at(middle) < at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// drop overwrites and takes away the oldest fixes.
func (r *ring) drop(k int) {
	for i := range k {
		r.set(i, record{})
	}
	r.n -= k
	if r.n == 0 {
		r.head = 0
		return
	}
	r.head = (r.head + k) & (len(r.fixes) - 1)
	r.first = r.at(0)
}

// insert puts a fix of an instant before the i-th, dropping the oldest when there
// are most of them; then i is at least 1. It answers by how many fixes there are
// more.
func (r *ring) insert(i int, at int64, x record, most int) int {
	grown := 1
	if r.n == most {
		r.drop(1)
		i, grown = i-1, 0
	}
	if r.n == len(r.fixes) {
		r.grow()
	}
	for j := r.n; j > i; j-- {
		r.set(j, r.record(j-1))
	}
	if r.n == 0 || at > r.last {
		r.last = at
	}
	if i == 0 {
		r.first = at
	}
	r.n++
	r.set(i, x)
	return grown
}

func (r *ring) grow() {
	fixes := make([]record, max(ringLeast, 2*len(r.fixes)))
	for i := range r.n {
		fixes[i] = r.record(i)
	}
	clear(r.fixes)
	r.fixes, r.head = fixes, 0
}
