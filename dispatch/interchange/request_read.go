package interchange

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ReadRequests reads a list of service requests, in JSON or in XML, which its
// first character tells, and answers those without a fault in their order.
//
// Numbers are taken where the specification's samples have them (ids, codes, the
// postal code, lat and long); null and empty fields are not given. Fields that
// the specification lacks are named in Request.Extra; personal fields are dropped
// and counted. A JSON field that is an object or an array is a fault if the
// specification knows it. XML may have the namespace of the specification.
//
// The error is an *Error with every fault, the index of its request and the field:
// ErrRead, ErrTooLarge (DocumentMax, ItemsMax, MembersMax), ErrNotUTF8, ErrSyntax
// and ErrShape of the document end the reading; of a request ErrDuplicate,
// ErrType, ErrTooLong, ErrText and ErrTime of fields in their order, then ErrPoint
// or ErrMissing of lat and long, then ErrMissing of id, status, service code and
// requested time, then ErrStatus. O(bytes).
func ReadRequests(r io.Reader) ([]Request, error) {
	f := newFaults()
	data, err := io.ReadAll(io.LimitReader(r, DocumentMax+1))
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	start := bytes.TrimLeft(data, " \t\r\n")
	var list []Request
	keep := func(r Request) { list = append(list, r) }
	switch {
	case err != nil:
		f.put(Fault{Index: -1, Err: ErrRead, Cause: err})
	case len(data) > DocumentMax:
		f.add("", ErrTooLarge, strconv.Itoa(DocumentMax), "bytes")
	case !utf8.Valid(data):
		f.add("", ErrNotUTF8)
	case len(start) > 0 && start[0] == '[':
		f.elements(data, func(_ int, raw json.RawMessage) { f.requestJSON(raw, keep) })
	case len(start) > 0 && start[0] == '<':
		f.requestsXML(start, keep)
	default:
		f.add("", ErrShape, "a list of service requests")
	}
	return list, f.err()
}

// requestJSON reads one request and keeps it if it has no fault.
func (f *faults) requestJSON(raw json.RawMessage, keep func(Request)) {
	before := f.count()
	list, ok := f.members(raw)
	if !ok {
		return
	}
	var d draft
	for _, m := range list {
		if m.null() {
			continue
		}
		known := personal(m.name) || d.when(m.name) != nil || m.name == "lat" || m.name == "long"
		if to, _ := d.text(m.name); to == nil && !known {
			f.set(&d, m.name, "")
			continue
		}
		switch first := m.raw[0]; {
		case personal(m.name):
			if strings.Trim(string(m.raw), "\" ") != "" {
				d.Personal++
			}
		case first == '-' || first >= '0' && first <= '9':
			if !numeric(m.name) {
				f.add(m.name, ErrType, string(m.raw), "string")
				continue
			}
			f.set(&d, m.name, string(m.raw))
		default:
			if s, ok := f.str(m); ok {
				f.set(&d, m.name, s)
			}
		}
	}
	if r, ok := f.finish(&d, before); ok {
		keep(r)
	}
}

// xmlDepthMax is how deep elements that the specification lacks may be nested.
const xmlDepthMax = 100

// requestsXML reads <service_requests> with any number of <request>.
func (f *faults) requestsXML(data []byte, keep func(Request)) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	root, err := nextStart(dec)
	switch {
	case err != nil:
		f.notXML(err)
		return
	case root == nil || root.Name.Local != "service_requests":
		f.add("", ErrShape, "<service_requests>")
		return
	}
	for i := 0; ; i++ {
		start, err := nextStart(dec)
		f.index = i
		switch {
		case err != nil:
			f.notXML(err)
			return
		case start == nil: // </service_requests>
			f.index = -1
			if start, err := nextStart(dec); err != nil {
				f.notXML(err)
			} else if start != nil {
				f.add(start.Name.Local, ErrShape, "the end")
			}
			return
		case start.Name.Local != "request":
			f.add(start.Name.Local, ErrShape, "<request>")
			return
		case i == ItemsMax:
			f.index = -1
			f.add("", ErrTooLarge, strconv.Itoa(ItemsMax), "items")
			return
		}
		if !f.requestXML(dec, keep) {
			return
		}
	}
}

// requestXML reads what is in a <request> and keeps it if it has no fault. It
// reports false when the document cannot be read on.
func (f *faults) requestXML(dec *xml.Decoder, keep func(Request)) bool {
	before := f.count()
	var d draft
	seen := map[string]bool{}
	for n := 0; ; n++ {
		start, err := nextStart(dec)
		if err != nil {
			f.notXML(err)
			return false
		}
		if start == nil {
			break
		}
		if n == MembersMax {
			f.add("", ErrTooLarge, strconv.Itoa(MembersMax), "members")
			return false
		}
		field := start.Name.Local
		text, simple, err := content(dec)
		switch to, _ := d.text(field); {
		case err != nil:
			f.notXML(err)
			return false
		case seen[field]:
			f.add(field, ErrDuplicate)
		case !simple && (to != nil || d.when(field) != nil || field == "lat" || field == "long"):
			f.add(field, ErrType, "<"+field+">", "text")
		default:
			f.set(&d, field, text)
		}
		seen[field] = true
	}
	if r, ok := f.finish(&d, before); ok {
		keep(r)
	}
	return true
}

// nextStart is the next element that begins, nil when the one around it ends, or
// the document does.
func nextStart(dec *xml.Decoder) (*xml.StartElement, error) {
	for {
		t, err := dec.Token()
		if err == io.EOF {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			return &t, nil
		case xml.EndElement:
			return nil, nil
		case xml.CharData:
			if strings.TrimSpace(string(t)) != "" {
				return nil, errStray
			}
		}
	}
}

// content is the text of the element that has begun, up to its end, and whether
// it holds no other element.
func content(dec *xml.Decoder) (text string, simple bool, err error) {
	var b strings.Builder
	simple = true
	for depth := 1; depth > 0; {
		t, err := dec.Token()
		if err != nil {
			return "", false, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			simple = false
			if depth++; depth > xmlDepthMax {
				return "", false, errDeep
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(t)
		}
	}
	return b.String(), simple, nil
}

// The causes of ErrSyntax that encoding/xml does not know.
var (
	errStray = errors.New("text between elements")
	errDeep  = errors.New("elements nested too deep")
)

func (f *faults) notXML(err error) {
	f.put(Fault{Index: f.index, Err: ErrSyntax, Args: []string{"XML"}, Cause: err})
}
