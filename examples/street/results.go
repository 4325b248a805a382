package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gridgov/gridgov/street"
)

// result is one file to write.
type result struct {
	name string
	data []byte
}

// writeResults writes every result into dir, or none: each goes to a temporary
// file there first and is renamed only when all are written. dir is made when it
// is not there, and a directory that was made is removed when writing fails.
func writeResults(dir string, results []result) (err error) {
	made, err := makeDir(dir)
	if err != nil {
		return err
	}
	var temporary []string
	defer func() {
		if err == nil {
			return
		}
		for _, name := range temporary {
			_ = os.Remove(name)
		}
		if made != "" {
			_ = os.RemoveAll(made)
		}
	}()
	for _, r := range results {
		name, err := writeTemporary(dir, r)
		if name != "" {
			temporary = append(temporary, name)
		}
		if err != nil {
			return err
		}
	}
	for _, r := range results { // a rename onto a directory would stop half-way
		if info, err := os.Stat(filepath.Join(dir, r.name)); err == nil && info.IsDir() {
			return fmt.Errorf("%s is a directory", filepath.Join(dir, r.name))
		}
	}
	for i, r := range results {
		if err := os.Rename(temporary[i], filepath.Join(dir, r.name)); err != nil {
			return err
		}
	}
	return nil
}

// makeDir makes dir and answers the outermost directory that it had to make.
func makeDir(dir string) (made string, err error) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil || !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = at
		if filepath.Dir(at) == at {
			break
		}
	}
	return made, os.MkdirAll(dir, 0o755)
}

func writeTemporary(dir string, r result) (name string, err error) {
	f, err := os.CreateTemp(dir, "."+r.name+".*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(r.data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	return f.Name(), err
}

// decisions is decisions.csv: UTF-8, LF, RFC 4180, with a byte-order mark for
// Chinese spreadsheets.
func decisions(rows []street.Row, f *street.Folder, lang string) ([]byte, error) {
	var b bytes.Buffer
	if lang == "zh" {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	if err := w.Write(street.RowHeader()); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if err := w.Write(r.Fields(f.Zone)); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
