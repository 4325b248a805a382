package interchange

import (
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/gridgov/gridgov/dispatch"
)

// Service is one type of service request that a city takes (服务类型).
type Service struct {
	Code        string // service_code, required
	Name        string // service_name
	Description string
	Keywords    string // separated by commas
	Group       string
}

// Services is matters as a list of services, in their order: the code, the name,
// and as the group the name of the matter that stands directly above it, as
// dispatch.ParentMatter climbs, if it is in the list. O(matters × depth).
func Services(matters []dispatch.Matter) []Service {
	names := make(map[dispatch.Code]string, len(matters))
	for _, m := range matters {
		names[m.Code] = m.Name
	}
	list := make([]Service, len(matters))
	for i, m := range matters {
		list[i] = Service{Code: string(m.Code), Name: m.Name}
		for up := dispatch.ParentMatter(m.Code); up != ""; up = dispatch.ParentMatter(up) {
			if name, ok := names[up]; ok {
				list[i].Group = name
				break
			}
		}
	}
	return list
}

// WriteServices writes a list of services. Each says that it needs no further
// fields (metadata false) and that a request gets its id at once (type realtime).
// The error is an *Error as that of WriteRequests.
func WriteServices(w io.Writer, format Format, services []Service) error {
	f := newFaults()
	if len(services) > ItemsMax {
		f.add("", ErrTooLarge, strconv.Itoa(ItemsMax), "items")
		return f.err()
	}
	rows := make([][]cell, 0, len(services))
	for i, s := range services {
		f.index = i
		row := []cell{
			{"service_code", s.Code, false}, {"service_name", s.Name, false}, {"description", s.Description, false},
			{"metadata", "false", true}, {"type", "realtime", false}, {"keywords", s.Keywords, false}, {"group", s.Group, false},
		}
		for _, c := range row {
			most := TextMax
			switch c.field {
			case "service_code":
				most = KeyMax
			case "description":
				most = DescriptionMax
			}
			if n := utf8.RuneCountInString(c.text); n > most {
				f.add(c.field, ErrTooLong, strconv.Itoa(n), strconv.Itoa(most))
				continue
			}
			f.plain(c.field, c.text, c.field == "description")
		}
		if s.Code == "" {
			f.add("service_code", ErrMissing)
		}
		rows = append(rows, row)
	}
	f.index = -1
	return f.writeList(w, format, "services", "service", rows)
}
