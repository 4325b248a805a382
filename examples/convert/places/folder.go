package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
)

// folder is a street folder being made: its files by name.
type folder struct {
	order  []string
	tables map[string]*table
	texts  map[string][]byte
}

func newFolder() *folder {
	return &folder{tables: map[string]*table{}, texts: map[string][]byte{}}
}

// table is a CSV file.
type table struct {
	header []string
	rows   [][]string
}

// table adds a CSV file.
func (f *folder) table(name string, header ...string) *table {
	t := &table{header: header}
	f.order = append(f.order, name)
	f.tables[name] = t
	return t
}

// add adds a line; numbers are written as they are.
func (t *table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = fmt.Sprint(c)
	}
	t.rows = append(t.rows, row)
}

// text adds a file as it is.
func (f *folder) text(name string, data []byte) {
	f.order = append(f.order, name)
	f.texts[name] = data
}

// object adds a JSON file.
func (f *folder) object(name string, v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if e.Encode(v) == nil { // only maps, lists, texts and numbers are given
		f.text(name, b.Bytes())
	}
}

// lines adds a file of one JSON object a line.
func (f *folder) lines(name string, list []any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, v := range list {
		if e.Encode(v) != nil {
			return
		}
	}
	f.text(name, b.Bytes())
}

// gzipFrom is the size from which a file is compressed.
const gzipFrom = 200_000

// files is every file's bytes by its name, which ends in .gz when the file is
// compressed.
func (f *folder) files() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range f.order {
		data, ok := f.texts[name]
		if t := f.tables[name]; !ok {
			var err error
			if data, err = t.bytes(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		if len(data) < gzipFrom {
			files[name] = data
			continue
		}
		packed, err := pack(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files[name+".gz"] = packed
	}
	return files, nil
}

func (t *table) bytes() ([]byte, error) {
	for i, row := range t.rows {
		if len(row) != len(t.header) {
			return nil, fmt.Errorf("row %d has %d cells, want %d", i+1, len(row), len(t.header))
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{t.header}, t.rows...)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// pack compresses data, without a name or time in the header.
func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
