package geofile_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid/geofile"
)

// placeAt is the place at that byte of a .shp.
func placeAt(shp []byte, at int) orb.Point {
	le := binary.LittleEndian
	return orb.Point{math.Float64frombits(le.Uint64(shp[at:])), math.Float64frombits(le.Uint64(shp[at+8:]))}
}

// shape is a record of a .shp as its bytes have it: rings or lines in order, or
// points alone. kind 0 is a null shape.
type shape struct {
	kind  int
	parts [][]orb.Point
}

// column is a field of a .dbf; cells are the bytes of a column, padded to width.
type column struct {
	name  string
	kind  byte
	width int
	cells []string
}

// writeShapes writes .shp and .shx of shapes of one kind, from the specification.
func writeShapes(kind int, shapes []shape) (shp, shx []byte) {
	var body, index bytes.Buffer
	put := func(b *bytes.Buffer, order binary.ByteOrder, v any) {
		if err := binary.Write(b, order, v); err != nil {
			panic(err)
		}
	}
	for i, s := range shapes {
		var content bytes.Buffer
		put(&content, binary.LittleEndian, int32(s.kind))
		var points []orb.Point
		var starts []int32
		for _, part := range s.parts {
			starts = append(starts, int32(len(points)))
			points = append(points, part...)
		}
		if s.kind%10 != 1 && s.kind != 0 {
			put(&content, binary.LittleEndian, [4]float64{})
			if s.kind%10 != 8 {
				put(&content, binary.LittleEndian, int32(len(starts)))
				put(&content, binary.LittleEndian, int32(len(points)))
				put(&content, binary.LittleEndian, starts)
			} else {
				put(&content, binary.LittleEndian, int32(len(points)))
			}
		}
		put(&content, binary.LittleEndian, points)
		for range s.kind / 10 % 2 { // z, then no m
			if s.kind%10 != 1 {
				put(&content, binary.LittleEndian, [2]float64{1, 2})
			}
			put(&content, binary.LittleEndian, make([]float64, len(points)))
		}
		put(&index, binary.BigEndian, [2]int32{int32(100+body.Len()) / 2, int32(content.Len()) / 2})
		put(&body, binary.BigEndian, [2]int32{int32(i + 1), int32(content.Len()) / 2})
		body.Write(content.Bytes())
	}
	head := func(size int) []byte {
		b := make([]byte, 100)
		binary.BigEndian.PutUint32(b, 9994)
		binary.BigEndian.PutUint32(b[24:], uint32(100+size)/2)
		binary.LittleEndian.PutUint32(b[28:], 1000)
		binary.LittleEndian.PutUint32(b[32:], uint32(kind))
		return b
	}
	return append(head(body.Len()), body.Bytes()...), append(head(index.Len()), index.Bytes()...)
}

// writeTable writes a .dbf of rows rows; deleted rows are marked.
func writeTable(language byte, columns []column, rows int, deleted map[int]bool) []byte {
	size := 1
	for _, c := range columns {
		size += c.width
	}
	head := 33 + 32*len(columns)
	b := make([]byte, 32, head+rows*size)
	b[0], b[29] = 3, language
	binary.LittleEndian.PutUint32(b[4:], uint32(rows))
	binary.LittleEndian.PutUint16(b[8:], uint16(head))
	binary.LittleEndian.PutUint16(b[10:], uint16(size))
	for _, c := range columns {
		field := make([]byte, 32)
		copy(field[:11], c.name)
		field[11], field[16] = c.kind, byte(c.width)
		b = append(b, field...)
	}
	b = append(b, '\r')
	for i := range rows {
		mark := byte(' ')
		if deleted[i] {
			mark = '*'
		}
		b = append(b, mark)
		for _, c := range columns {
			b = fmt.Appendf(b, "%-*s", c.width-len(c.cells[i])+len([]rune(c.cells[i])), c.cells[i])
		}
	}
	return append(b, 0x1a)
}

// squares is a Shapefile of n squares with a code each.
func squares(n int) *geofile.Shapefile {
	var shapes []shape
	codes := column{name: "code", kind: 'C', width: 8}
	homes := column{name: "homes", kind: 'N', width: 6}
	for i := range n {
		x := float64(i) / 8
		shapes = append(shapes, shape{5, [][]orb.Point{{{x, 0}, {x, 1}, {x + 1, 1}, {x + 1, 0}, {x, 0}}}})
		codes.cells = append(codes.cells, fmt.Sprintf("G%d", i+1))
		homes.cells = append(homes.cells, fmt.Sprintf("%6d", i))
	}
	s := &geofile.Shapefile{Name: "s", DBF: writeTable(0, []column{codes, homes}, n, nil)}
	s.SHP, s.SHX = writeShapes(5, shapes)
	return s
}
