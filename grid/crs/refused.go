package crs

import "strings"

// The datums that are refused, by the name of the EPSG register.
const (
	xian1980    = "Xian 1980"
	beijing1954 = "Beijing 1954"
	newBeijing  = "New Beijing"
)

// refusedCodes are the EPSG codes on those datums.
var refusedCodes = []struct {
	from, to int
	datum    string
}{
	{2327, 2390, xian1980},
	{2401, 2442, beijing1954},
	{4214, 4214, beijing1954},
	{4555, 4555, newBeijing},
	{4568, 4589, newBeijing},
	{4610, 4610, xian1980},
	{4652, 4656, newBeijing},
	{4766, 4800, newBeijing},
	{4812, 4812, newBeijing},
	{4822, 4822, newBeijing},
	{21413, 21423, beijing1954},
	{21453, 21463, beijing1954},
}

// refusedCode is the refused datum of an EPSG code, or "".
func refusedCode(code int) string {
	for _, r := range refusedCodes {
		if code >= r.from && code <= r.to {
			return r.datum
		}
	}
	return ""
}

// refusedNames are beginnings of names of those datums, in plain form.
var refusedNames = []struct{ prefix, datum string }{
	{"xian1980", xian1980}, {"xian80", xian1980}, {"西安80", xian1980}, {"西安1980", xian1980}, {"1980西安", xian1980}, {"1980年西安", xian1980},
	{"beijing1954", beijing1954}, {"beijing54", beijing1954}, {"北京54", beijing1954}, {"北京1954", beijing1954}, {"1954北京", beijing1954}, {"1954年北京", beijing1954},
	{"newbeijing", newBeijing}, {"新北京", newBeijing},
}

// refusedName is the refused datum of a system or datum by its plain name, or "".
func refusedName(plain string) string {
	plain = strings.TrimPrefix(plain, "gcs")
	for _, r := range refusedNames {
		if strings.HasPrefix(plain, r.prefix) || strings.HasPrefix(plain, "d"+r.prefix) {
			return r.datum
		}
	}
	return ""
}
