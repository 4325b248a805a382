package council

import (
	"encoding/json"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Bulletin is a dated document (通报, 公示) of codes and counts: a council's topics
// raised in an interval, as they stand at an instant. It holds no titles and no
// people; who renders it knows them.
type Bulletin struct {
	Council Code           `json:"council"`
	At      time.Time      `json:"at"`
	During  Interval       `json:"during,omitzero"`
	Counts  Counts         `json:"counts"`
	Topics  []BulletinItem `json:"topics"` // by id
}

// BulletinItem is one topic of a bulletin.
type BulletinItem struct {
	Topic   Code      `json:"topic"`
	Matter  Code      `json:"matter,omitzero"`
	State   State     `json:"state"`
	Raised  time.Time `json:"raised"`
	Since   time.Time `json:"since"` // when it came to its state
	Result  Result    `json:"result,omitzero"`
	Count   Count     `json:"count,omitzero"`
	Owner   Code      `json:"owner,omitzero"`
	Due     time.Time `json:"due,omitzero"`
	Overdue bool      `json:"overdue,omitzero"`
	Case    Code      `json:"case,omitzero"`
	Project Code      `json:"project,omitzero"`
	Below   Code      `json:"below,omitzero"`
	Above   Code      `json:"above,omitzero"`
}

// Publication is the record that a bulletin was published. Replaying the journal
// up to the entry before Seq and asking for Bulletin(Council, During, At) gives
// bytes of that digest.
type Publication struct {
	Council Code      `json:"council"`
	Number  int       `json:"number"`
	At      time.Time `json:"at"`
	During  Interval  `json:"during,omitzero"`
	Seq     uint64    `json:"seq"`
	Digest  Sum       `json:"digest"`
}

// Bytes is the bulletin as JSON, the same for the same bulletin for ever.
func (b Bulletin) Bytes() []byte {
	data, err := json.Marshal(b)
	if err != nil { // codes, numbers and instants within the years 1 to 9999 always marshal
		return nil
	}
	return data
}

// Digest is the digest of Bytes.
func (b Bulletin) Digest() Sum { return keyed.Of(b.Bytes()) }

// Bulletin answers the bulletin of a council's topics raised in an interval, at an
// instant; what is due by then is in it, recorded or not. It is false when there
// is no such council, the instant is not a whole millisecond, lies before the last
// entry, or is so late that too much would be due. O(topics log topics).
func (m *Minutes) Bulletin(council Code, during Interval, at time.Time) (Bulletin, bool) {
	c := m.councils[council]
	now, err := millis(at)
	if c == nil || err != nil || now < m.last || moment("", during.From) != nil || moment("", during.Until) != nil {
		return Bulletin{}, false
	}
	s := sheet{m: m}
	if s.fire(m.queue.due(now), now, FiringsMax) {
		return Bulletin{}, false
	}
	return s.bulletin(c, during, now), true
}

func (s *sheet) bulletin(c *council, during Interval, at int64) Bulletin {
	b := Bulletin{Council: c.Council, At: date(at), During: Interval{From: plainTime(during.From), Until: plainTime(during.Until)}, Topics: []BulletinItem{}}
	topics := s.topics(c)
	b.Counts.meetings(c.meetings, during, at)
	b.Counts.topics(topics, during, at)
	for _, t := range topics {
		if during.Holds(date(t.history[0].at)) {
			b.Topics = append(b.Topics, t.item())
		}
	}
	return b
}

func (t *topic) item() BulletinItem {
	i := BulletinItem{Topic: t.id, Matter: t.matter, State: t.state, Raised: date(t.history[0].at),
		Since: date(t.history[len(t.history)-1].at), Overdue: t.overdue, Below: t.below, Above: t.above}
	if d := t.decided; d != nil {
		i.Result, i.Count, i.Owner, i.Due, i.Case, i.Project = d.Result, d.Count, d.Owner, d.Due, d.Case, d.Project
	}
	return i
}

// Publications lists the bulletins a council has published, by number.
func (m *Minutes) Publications(council Code) []Publication {
	if c := m.councils[council]; c != nil {
		return append([]Publication(nil), c.bulletins...)
	}
	return nil
}
