package grid

import (
	"crypto/sha256"
	"encoding/binary"
)

// writer appends little-endian numbers, and strings as length and bytes.
type writer []byte

func (w *writer) number(n uint32) { *w = binary.LittleEndian.AppendUint32(*w, n) }

func (w *writer) text(s string) {
	w.number(uint32(len(s)))
	*w = append(*w, s...)
}

// digest is SHA-256 over the number of polygons; for each the number of rings;
// for each ring the number of points without the closing one, then x and y of
// each in units of 1e-7 degree.
func (o outline) digest() [32]byte {
	h := sha256.New()
	var w writer
	w.number(o.to - o.from)
	for p := o.from; p < o.to; p++ {
		s := o.shapes
		w.number(s.polys[p+1] - s.polys[p])
		for r := s.polys[p]; r < s.polys[p+1]; r++ {
			pts := s.points[s.rings[r] : s.rings[r+1]-1]
			w.number(uint32(len(pts)))
			for _, q := range pts {
				w.number(uint32(q.x))
				w.number(uint32(q.y))
			}
			h.Write(w) // a hash never fails
			w = w[:0]
		}
	}
	h.Write(w)
	return [32]byte(h.Sum(nil))
}

// digest is SHA-256 over "gridgov grid 2\n", the number of levels and their
// names; the number of units and for each, in hierarchy order, its level, code,
// parent and the digest of its outline.
func (m *Map) digest() [32]byte {
	h := sha256.New()
	w := writer("gridgov grid 2\n")
	w.number(uint32(len(m.levels)))
	for _, name := range m.levels {
		w.text(name)
	}
	w.number(uint32(m.Len()))
	for r := range m.All() {
		u := m.unit(r)
		w.number(uint32(u.info.Level))
		w.text(string(u.info.Code))
		w.text(string(u.info.Parent))
		w = append(w, u.digest[:]...)
		h.Write(w)
		w = w[:0]
	}
	h.Write(w)
	return [32]byte(h.Sum(nil))
}
