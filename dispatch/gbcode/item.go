package gbcode

import (
	"errors"
	"strings"

	"github.com/gridgov/gridgov/internal/code"
)

// Kind says which of its two tables an Item is in.
type Kind uint8

// The kinds; the zero Kind is none.
const (
	Part   Kind = 1 + iota // 管理部件: a thing in the street
	Matter                 // 管理事项: something that is wrong there
)

// Known reports whether k is Part or Matter.
func (k Kind) Known() bool { return k == Part || k == Matter }

// String is "part", "matter" or "none".
func (k Kind) String() string {
	switch k {
	case Part:
		return "part"
	case Matter:
		return "matter"
	}
	return "none"
}

// Text is the kind's name: "zh" is Chinese, anything else English.
func (k Kind) Text(lang string) string { return texts.Text(lang, "kind-"+k.String()) }

// Item is a managed part or matter of GB/T 47678.5, or a class of them: the kind
// and five digits as one number. A class has no number: matter 06 holds matter
// 06001. Items order by kind, then by digits, a class before everything in it.
// The zero Item is none. The methods answer something for any number and never
// panic.
type Item uint32

// kindUnit is what one kind adds to the number of an Item.
const kindUnit = 1e5

// ParseItem reads a class of two ASCII digits or an item of five. The error is a
// *ParseError with every fault and its place: ErrKind, ErrSpreadsheet or ErrLength
// of the whole, then characters, then ErrClass and ErrNumber for parts of zeros.
// Whether the table has it is for Listed to say. O(len), no allocation unless it
// fails.
func ParseItem(kind Kind, digits string) (Item, error) {
	f, scale := &itemForm, uint64(1)
	if len(digits) == classForm.digits {
		f, scale = &classForm, 1e3
	}
	n, ok := readDigits(f, digits)
	if !ok || !kind.Known() {
		return 0, diagnoseItem(kind, digits)
	}
	return Item(uint64(kind)*kindUnit + n*scale), nil
}

// ParseItemCode reads what Item.Code writes, "matter.06.001" or "part.01", and
// nothing else: not a bare "06001", which does not say its kind. The error is a
// *ParseError as that of ParseItem, whose places count the characters after the
// first dot without the second; ErrForm when only the dots are wrong.
func ParseItemCode(c code.Code) (Item, error) {
	name, rest, _ := strings.Cut(string(c), ".")
	kind := Kind(0)
	switch name {
	case "part":
		kind = Part
	case "matter":
		kind = Matter
	}
	if len(rest) > 2 && rest[2] == '.' {
		rest = rest[:2] + rest[3:]
	}
	i, err := ParseItem(kind, rest)
	if refused, ok := errors.AsType[*ParseError](err); ok {
		refused.Given = clip(string(c))
		return 0, refused
	}
	if i.Code() != c {
		return 0, &ParseError{Given: string(c), Faults: []*Error{{Found: string(c), Err: ErrForm}}}
	}
	return i, nil
}

// Valid reports whether i has a kind and a class; the zero Item has not.
func (i Item) Valid() bool { return i.Kind().Known() && i.Class() != 0 }

// Kind is Part or Matter, or none of them.
func (i Item) Kind() Kind {
	if k := i / kindUnit; k <= Item(Matter) {
		return Kind(k)
	}
	return 0
}

// Class is the class (大类), 1 to 99.
func (i Item) Class() int { return int(i % kindUnit / 1e3) }

// Number is the number in the class, 1 to 999; 0 for a class.
func (i Item) Number() int { return int(i % 1e3) }

// Parent is the class of an item. A class has none.
func (i Item) Parent() (Item, bool) {
	if !i.Valid() || i.Number() == 0 {
		return 0, false
	}
	return i - i%1e3, true
}

// Covers reports whether j is i or in the class i.
func (i Item) Covers(j Item) bool {
	return i.Valid() && (i == j || i.Number() == 0 && j-j%1e3 == i)
}

// Part is the part that a matter speaks of: matter 01001 is about part 01001. The
// table has one for every matter of the classes 1 to 5. It reports false for a
// part, for a class and for a matter whose digits no listed part has.
func (i Item) Part() (Item, bool) {
	if i.Kind() != Matter || i.Number() == 0 {
		return 0, false
	}
	p := i - kindUnit
	return p, p.Listed()
}

// Digits is "06001", or "06" for a class; empty if i is not valid.
func (i Item) Digits() string {
	switch {
	case !i.Valid():
		return ""
	case i.Number() == 0:
		return string(classForm.appendDigits(nil, uint64(i.Class())))
	}
	return string(itemForm.appendDigits(nil, uint64(i%kindUnit)))
}

// Code is the item as the code of a matter elsewhere in gridgov: "matter.06.001",
// and "matter.06" for a class, below which it stands. Empty if i is not valid.
func (i Item) Code() code.Code {
	if !i.Valid() {
		return ""
	}
	b := append([]byte(i.Kind().String()), '.')
	b = classForm.appendDigits(b, uint64(i.Class()))
	if n := i.Number(); n != 0 {
		b = append(b, '.', byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
	}
	return code.Code(b)
}

// String is Code.
func (i Item) String() string { return string(i.Code()) }

// MarshalText is Code. It refuses a number that is no item with ErrInvalid; the
// zero Item is empty.
func (i Item) MarshalText() ([]byte, error) {
	if i != 0 && !i.Valid() {
		return nil, ErrInvalid
	}
	return []byte(i.Code()), nil
}

// UnmarshalText reads what MarshalText writes. After an error i is what it was.
func (i *Item) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*i = 0
		return nil
	}
	read, err := ParseItemCode(code.Code(text))
	if err == nil {
		*i = read
	}
	return err
}
