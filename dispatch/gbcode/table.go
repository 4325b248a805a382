package gbcode

import (
	_ "embed"
	"iter"
	"strings"

	"github.com/gridgov/gridgov/internal/code"
)

// table is the rows kind,code,class,class name,name after a heading; parts first,
// then by code. It is never unpacked: a name is found by halving the text.
//
//go:embed data/gbt47678_5_codes.csv
var table string

// Provenance says in one sentence where the names come from and that nobody has
// checked them: "zh" is Chinese, anything else English. Show it wherever the names
// are shown as the standard's.
func Provenance(lang string) string { return texts.Text(lang, "provenance") }

// rowItem is the item of a row, 0 for the heading and for what is no row.
func rowItem(row string) Item {
	kind, rest, _ := strings.Cut(row, ",")
	digits, _, _ := strings.Cut(rest, ",")
	k := Kind(0)
	switch kind {
	case "管理部件":
		k = Part
	case "管理事项":
		k = Matter
	}
	n, ok := readDigits(&itemForm, digits)
	if !ok || k == 0 {
		return 0
	}
	return Item(uint64(k)*kindUnit + n)
}

// seek is the first row of an item that is not below i, and whether there is
// one. O(log rows), no allocation.
func seek(i Item) (string, bool) {
	from, to := 0, len(table) // rows that begin before from are below i
	for from < to {
		mid := (from + to) / 2
		begin := strings.LastIndexByte(table[:mid], '\n') + 1
		row, _, _ := strings.Cut(table[begin:], "\n")
		if rowItem(row) < i {
			from = min(begin+len(row)+1, len(table))
		} else {
			to = begin
		}
	}
	row, _, _ := strings.Cut(table[from:], "\n")
	return row, row != ""
}

// names cuts a row into the name of its class and its own.
func names(row string) (class, name string) {
	field := row
	for range 3 {
		_, field, _ = strings.Cut(field, ",")
	}
	class, name, _ = strings.Cut(field, ",")
	return class, name
}

// Name is the Chinese name that the unverified table gives an item or a class,
// and whether it has one. O(log rows), no allocation.
func (i Item) Name() (string, bool) {
	row, ok := seek(i)
	found := rowItem(row)
	switch {
	case !ok || !i.Valid():
		return "", false
	case found == i:
		_, name := names(row)
		return name, true
	case i.Number() == 0 && found-found%1e3 == i:
		class, _ := names(row)
		return class, true
	}
	return "", false
}

// Listed reports whether the unverified table has i, as an item or as a class.
func (i Item) Listed() bool {
	_, ok := i.Name()
	return ok
}

// Items yields the items of a kind that the table has, without the classes, by
// their digits. O(rows).
func Items(kind Kind) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for row := range strings.Lines(table) {
			if i := rowItem(row); i != 0 && i.Kind() == kind && !yield(i) {
				return
			}
		}
	}
}

// Classes yields the classes of a kind that the table has, in order. O(rows).
func Classes(kind Kind) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		last := Item(0)
		for i := range Items(kind) {
			class, _ := i.Parent()
			if class != last && !yield(class) {
				return
			}
			last = class
		}
	}
}

// Row is one line of a list of matters.
type Row struct {
	Item  Item
	Code  code.Code // bare digits, "06001": a tree by digit, below "06"
	Name  string    // Chinese
	Class string    // Chinese name of its class
	// Component: it speaks of a part that the table lists (部件), and not of an
	// event (事件).
	Component bool
}

// Matters is the 250 matters of the unverified table as a list to load, by code.
// The codes are bare, since all are of one kind; Row.Item.Code says the kind too.
// Each answer is the caller's own.
func Matters() []Row {
	var rows []Row
	for i := range Items(Matter) {
		row, _ := seek(i)
		class, name := names(row)
		_, component := i.Part()
		rows = append(rows, Row{Item: i, Code: code.Code(i.Digits()), Name: name, Class: class, Component: component})
	}
	return rows
}
