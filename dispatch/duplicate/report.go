package duplicate

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// Report is what was reported (上报), or the open case that came of it.
type Report struct {
	ID      Code       // of the case; one report for each id is open
	Matter  Code       // 事项
	Point   *orb.Point // WGS84 degrees {lng, lat}; nil when not known: only an asset makes it a candidate
	At      time.Time  // when it was reported, cut to whole milliseconds
	Asset   Code       // the component it is about (部件编码); empty when not known
	Channel string     // 渠道, at most ChannelLenMax bytes; shown as a reason, not scored
}

// entry is an open report.
type entry struct {
	id, asset Code
	at        int64
	matter    uint32 // in Index.matters
	channel   uint32 // in Index.channels
	place     place
	placed    bool
}

// read is the report with its strings as they were given, checked, every fault being
// added in the order of the fields.
func read(r *Report, faults *Errors) entry {
	e := entry{id: r.ID, asset: r.Asset}
	faults.code("ID", r.ID)
	faults.code("Matter", r.Matter)
	if r.Point != nil {
		if e.place, e.placed = placeOf(*r.Point); !e.placed {
			faults.add(&Error{Field: "Point", Err: ErrPlace})
		}
	}
	var ok bool
	if e.at, ok = instant(r.At); !ok {
		faults.add(&Error{Field: "At", Err: ErrInstant})
	}
	if r.Asset != "" {
		faults.code("Asset", r.Asset)
	}
	if len(r.Channel) > ChannelLenMax || !utf8.ValidString(r.Channel) {
		faults.add(&Error{Field: "Channel", Value: fmt.Sprint(len(r.Channel), " bytes"), Err: ErrChannel})
	}
	return e
}

// names holds each of many equal strings once, while it is in use.
type names struct {
	index map[string]uint32
	list  []name
	free  []uint32
}

type name struct {
	text string
	uses int
}

// use answers the number of a string, which holds until as many calls of drop.
func (n *names) use(s string) uint32 {
	i, ok := n.index[s]
	if !ok {
		s = strings.Clone(s)
		if last := len(n.free) - 1; last >= 0 {
			i, n.free = n.free[last], n.free[:last]
		} else {
			i, n.list = uint32(len(n.list)), append(n.list, name{})
		}
		n.list[i].text, n.index[s] = s, i
	}
	n.list[i].uses++
	return i
}

func (n *names) drop(i uint32) {
	if n.list[i].uses--; n.list[i].uses == 0 {
		delete(n.index, n.list[i].text)
		n.list[i].text = ""
		n.free = append(n.free, i)
	}
}
