package crs

import (
	"math"
	"strconv"
	"strings"
)

// Limits of a WKT text.
const (
	wktBytesMax = 64 << 10 // a .prj has under 2 KiB
	wktDepthMax = 16       // the standard needs 5
)

// node is one element of a WKT text: KEYWORD["name", 1, NODE[…], …].
type node struct {
	keyword string // in capitals
	strings []string
	numbers []float64
	nodes   []*node
}

// name is the first text of n, "" if n is nil or has none.
func (n *node) name() string {
	if n == nil || len(n.strings) == 0 {
		return ""
	}
	return n.strings[0]
}

// number is the i-th number of n, NaN if n is nil or there is none.
func (n *node) number(i int) float64 {
	if n == nil || i >= len(n.numbers) {
		return math.NaN()
	}
	return n.numbers[i]
}

// child is the first child with that keyword, or nil.
func (n *node) child(keyword string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.nodes {
		if c.keyword == keyword {
			return c
		}
	}
	return nil
}

// wktReader reads a WKT 1 text (OGC 01-009 §7).
type wktReader struct {
	text string
	at   int
}

// parseWKT is the tree of a text, or the offset at which it is not WKT.
func parseWKT(text string) (root *node, offset int) {
	r := wktReader{text: strings.TrimPrefix(text, "\ufeff")}
	mark := len(text) - len(r.text)
	if len(text) > wktBytesMax {
		return nil, wktBytesMax
	}
	root = r.node(0)
	if r.space(); root == nil || r.at < len(r.text) && strings.Trim(r.text[r.at:], "\x00") != "" {
		return nil, mark + r.at
	}
	return root, 0
}

func (r *wktReader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// peek is the next byte that is not space, 0 at the end.
func (r *wktReader) peek() byte {
	r.space()
	if r.at >= len(r.text) {
		return 0
	}
	return r.text[r.at]
}

// word is the keyword or bare word that comes next, in capitals.
func (r *wktReader) word() string {
	r.space()
	start := r.at
	for r.at < len(r.text) {
		if c := r.text[r.at] | 0x20; (c < 'a' || c > 'z') && r.text[r.at] != '_' && (r.at == start || c < '0' || c > '9') {
			break
		}
		r.at++
	}
	return strings.ToUpper(r.text[start:r.at])
}

// node reads a keyword with its bracket. It is nil, with r.at at the fault, when
// there is none.
func (r *wktReader) node(depth int) *node {
	n := &node{keyword: r.word()}
	open := r.peek()
	if n.keyword == "" || open != '[' && open != '(' || depth == wktDepthMax {
		return nil
	}
	closing := byte(']')
	if open == '(' {
		closing = ')'
	}
	for first := true; ; first = false {
		r.at++ // the bracket or the comma
		if first && r.peek() == closing {
			break
		}
		if !r.value(n, depth) {
			return nil
		}
		if c := r.peek(); c == closing {
			break
		} else if c != ',' {
			return nil
		}
	}
	r.at++
	return n
}

// value reads one value into n.
func (r *wktReader) value(n *node, depth int) bool {
	switch c := r.peek(); {
	case c == '"':
		s, ok := r.quoted()
		n.strings = append(n.strings, s)
		return ok
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		v, ok := r.float()
		n.numbers = append(n.numbers, v)
		return ok
	}
	start := r.at
	if r.word() == "" {
		return false
	}
	if c := r.peek(); c != '[' && c != '(' {
		return true // a bare word, such as an axis direction
	}
	r.at = start
	child := r.node(depth + 1)
	n.nodes = append(n.nodes, child)
	return child != nil
}

// quoted reads a text in quotation marks, in which "" is one of them.
func (r *wktReader) quoted() (string, bool) {
	var s strings.Builder
	for r.at++; r.at < len(r.text); {
		end := strings.IndexByte(r.text[r.at:], '"')
		if end < 0 {
			break
		}
		s.WriteString(r.text[r.at : r.at+end])
		r.at += end + 1
		if r.at == len(r.text) || r.text[r.at] != '"' {
			return s.String(), true
		}
		s.WriteByte('"')
		r.at++
	}
	r.at = len(r.text)
	return "", false
}

// float reads a decimal number that is finite.
func (r *wktReader) float() (float64, bool) {
	end := r.at
	for end < len(r.text) && strings.IndexByte("0123456789+-.eE", r.text[end]) >= 0 {
		end++
	}
	v, err := strconv.ParseFloat(r.text[r.at:end], 64)
	if err != nil {
		return 0, false
	}
	r.at = end
	return v, true
}
