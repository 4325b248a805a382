// Package jsonbytes writes the JSON of encoding/json by hand, byte for byte, where
// every command pays for it.
package jsonbytes

import (
	"encoding/json"
	"math"
	"strconv"
	"unicode/utf8"
)

// Quote appends s as a JSON string.
func Quote[T ~string](w []byte, s T) []byte {
	wide := false
	for i := range len(s) {
		b := s[i]
		// 0xE2 begins the line separators that JSON in scripts must escape.
		if b < 0x20 || b == '"' || b == '\\' || b == '<' || b == '>' || b == '&' || b == 0xE2 {
			return marshal(w, string(s))
		}
		wide = wide || b >= utf8.RuneSelf
	}
	if wide && !utf8.ValidString(string(s)) {
		return marshal(w, string(s))
	}
	w = append(w, '"')
	w = append(w, s...)
	return append(w, '"')
}

// marshal appends what encoding/json says; a string or a finite number always has JSON.
func marshal(w []byte, v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return w
	}
	return append(w, data...)
}

// Label appends "name": and before it a comma, unless an object has just begun.
func Label(w []byte, name string) []byte {
	if w[len(w)-1] != '{' {
		w = append(w, ',')
	}
	w = append(w, '"')
	w = append(w, name...)
	return append(w, '"', ':')
}

// Member appends a member with a string.
func Member[T ~string](w []byte, name string, s T) []byte { return Quote(Label(w, name), s) }

// Some appends a member with a string, nothing when it is empty.
func Some[T ~string](w []byte, name string, s T) []byte {
	if s == "" {
		return w
	}
	return Member(w, name, s)
}

// Flag appends a member that is true, nothing when it is false.
func Flag(w []byte, name string, set bool) []byte {
	if !set {
		return w
	}
	return strconv.AppendBool(Label(w, name), true)
}

// Number appends a finite number.
func Number(w []byte, x float64) []byte {
	if size := math.Abs(x); size != 0 && (size < 1e-6 || size >= 1e21) {
		return marshal(w, x)
	}
	return strconv.AppendFloat(w, x, 'f', -1, 64)
}
