package audit

import "math/bits"

// rows finds intervals of rows by row: strips of a power of two rows, each with
// the intervals that reach into it, in the order they were given.
type rows struct {
	low    int64
	shift  uint
	starts []int32
	ids    []int32
}

// newRows makes the strips for n intervals [low, high]. A strip is at least twice
// as high as the intervals are on average, so there are at most 2.5 n entries,
// and there are at most n strips.
func newRows(n int, interval func(i int) (low, high int64)) *rows {
	r := &rows{}
	if n == 0 {
		return r
	}
	var high, sum int64
	for i := range n {
		l, h := interval(i)
		if i == 0 {
			r.low, high = l, h
		}
		r.low, high = min(r.low, l), max(high, h)
		sum += h - l
	}
	height := max(2*sum/int64(n), (high-r.low)/int64(n), 1)
	r.shift = uint(bits.Len64(uint64(height)))
	r.starts = make([]int32, r.strip(high)+3) // two more, for counting in place
	for i := range n {
		l, h := interval(i)
		for s := r.strip(l); s <= r.strip(h); s++ {
			r.starts[s+2]++
		}
	}
	for s := 2; s < len(r.starts); s++ {
		r.starts[s] += r.starts[s-1]
	}
	r.ids = make([]int32, r.starts[len(r.starts)-1])
	for i := range n {
		l, h := interval(i)
		for s := r.strip(l); s <= r.strip(h); s++ {
			r.ids[r.starts[s+1]] = int32(i)
			r.starts[s+1]++
		}
	}
	return r
}

func (r *rows) strip(row int64) int { return int((row - r.low) >> r.shift) }

// strips is the number of strips.
func (r *rows) strips() int { return max(len(r.starts)-2, 0) }

// in is what reaches into a strip, the strip's first row and the next one's.
// What lies between a strip's last row and that is the strip's.
func (r *rows) in(strip int) (ids []int32, first, next int64) {
	first = r.low + int64(strip)<<r.shift
	return r.ids[r.starts[strip]:r.starts[strip+1]], first, first + 1<<r.shift
}

// at is a superset of what reaches into a row.
func (r *rows) at(row int64) []int32 {
	if s := r.strip(row); row >= r.low && s < r.strips() {
		ids, _, _ := r.in(s)
		return ids
	}
	return nil
}
