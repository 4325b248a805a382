// Package media knows what a media type looks like (RFC 2045, section 5.1).
package media

import "strings"

// IsType reports whether s is a type and a subtype with a slash between them, and no
// parameters: "image/jpeg".
func IsType(s string) bool {
	main, sub, _ := strings.Cut(s, "/")
	return IsToken(main) && IsToken(sub)
}

// IsToken reports whether s is a token.
func IsToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?=`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
