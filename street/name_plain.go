package street

import (
	"cmp"
	"strings"
	"unicode"
)

// MatterName is the name of a matter, or its code. Like every name that the Folder
// says, it shows no personal number. O(matters), and O(people + posts) when the name
// has digits, as the others.
func (f *Folder) MatterName(c Code) string {
	for _, m := range f.Matters {
		if m.Code == c {
			return f.plain(m.Name, c)
		}
	}
	return string(c)
}

// PartyName is the name of a post when there is one, else of a party, else its
// code.
func (f *Folder) PartyName(c, post Code) string {
	if p, ok := f.Directory.Post(post); ok {
		return f.plain(p.Name, post)
	}
	p, _ := f.Directory.Party(c)
	return f.plain(p.Name, c)
}

// PersonName is the name of a person, or the code: of somebody who was erased or whom
// nobody knows.
func (f *Folder) PersonName(c Code) string {
	p, _ := f.Directory.Person(c)
	return f.plain(p.Name, c)
}

// AreaName is the name of a unit of the map, or its code.
func (f *Folder) AreaName(c Code) string {
	r, _ := f.Map.Lookup(c)
	return f.plain(f.Map.Info(r).Name, c)
}

// plain is a name without personal numbers, or the code.
func (f *Folder) plain(name string, c Code) string {
	if strings.ContainsFunc(name, numeric) {
		name = f.Directory.Redactor().Hide(name)
	}
	return cmp.Or(name, string(c))
}

// numeric reports whether r may be a digit of a number, in whatever script; a Chinese
// one is a letter.
func numeric(r rune) bool { return unicode.IsDigit(r) || r >= 0x2E80 }
