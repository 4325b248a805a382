package grid

import (
	"crypto/sha256"
	"encoding/binary"
)

// digest is SHA-256 over "gridgov grid 1\n", then little-endian numbers and
// strings (length, bytes): the number of levels and their names; the number of
// units and for each its level, code, parent, number of polygons; for each
// polygon the number of rings; for each ring the number of points without the
// closing one, then x and y of each in units of 1e-7 degree.
func (m *Map) digest() [32]byte {
	h := sha256.New()
	buf := []byte("gridgov grid 1\n")
	flush := func() {
		h.Write(buf) // a hash never fails
		buf = buf[:0]
	}
	number := func(n uint32) { buf = binary.LittleEndian.AppendUint32(buf, n) }
	text := func(s string) {
		number(uint32(len(s)))
		buf = append(buf, s...)
	}
	number(uint32(len(m.levels)))
	for _, name := range m.levels {
		text(name)
	}
	number(uint32(len(m.infos)))
	s := &m.shapes
	for i, info := range m.infos {
		number(uint32(info.Level))
		text(string(info.Code))
		text(string(info.Parent))
		number(s.units[i+1] - s.units[i])
		for poly := s.units[i]; poly < s.units[i+1]; poly++ {
			number(s.polys[poly+1] - s.polys[poly])
			for ring := s.polys[poly]; ring < s.polys[poly+1]; ring++ {
				pts := s.points[s.rings[ring] : s.rings[ring+1]-1]
				number(uint32(len(pts)))
				for _, p := range pts {
					number(uint32(p.x))
					number(uint32(p.y))
				}
				flush()
			}
		}
	}
	flush()
	return [32]byte(h.Sum(nil))
}
