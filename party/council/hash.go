package council

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash"
	"maps"
	"slices"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov minutes 1"

// Hash is the digest of the state: every council, seat, meeting, topic and
// bulletin, by code. It leaves out the sequence, the instant of the last entry and
// the key index, so refusals and the cadence of ticks do not change it, and
// commands that touch different things give the same hash in any order.
// O(n log n).
func (m *Minutes) Hash() Sum {
	d := digest{h: sha256.New()}
	d.text(hashForm)
	d.number(len(m.councils))
	for _, id := range slices.Sorted(maps.Keys(m.councils)) {
		d.council(m.councils[id])
	}
	d.number(len(m.meetings))
	for _, id := range slices.Sorted(maps.Keys(m.meetings)) {
		d.meeting(m.meetings[id])
	}
	d.number(len(m.topics))
	for _, id := range slices.Sorted(maps.Keys(m.topics)) {
		d.topic(m.topics[id])
	}
	return Sum(d.h.Sum(nil))
}

// digest writes every value so that no two states look the same: texts carry
// their length, lists their count.
type digest struct {
	h   hash.Hash
	buf []byte
}

func (d *digest) int64(values ...int64) {
	d.buf = d.buf[:0]
	for _, v := range values {
		d.buf = binary.BigEndian.AppendUint64(d.buf, uint64(v))
	}
	d.h.Write(d.buf)
}

func (d *digest) number(n int) { d.int64(int64(n)) }

func (d *digest) flag(v bool) {
	if v {
		d.int64(1)
	} else {
		d.int64(0)
	}
}

func (d *digest) text(values ...string) {
	for _, v := range values {
		d.number(len(v))
		d.h.Write([]byte(v))
	}
}

func (d *digest) codes(list []Code) {
	d.number(len(list))
	for _, c := range list {
		d.text(string(c))
	}
}

// value writes a plain struct as JSON, which is the same for the same value.
func (d *digest) value(v any) {
	data, err := json.Marshal(v)
	if err != nil { // rules and resolutions in the minutes always marshal
		data = nil
	}
	d.text(string(data))
}

func (d *digest) council(c *council) {
	d.value(c.Found)
	d.int64(c.foundedAt, c.endedAt, int64(c.version))
	d.number(len(c.seats))
	for _, person := range slices.Sorted(maps.Keys(c.seats)) {
		d.text(string(person))
		d.number(len(c.seats[person]))
		for _, s := range c.seats[person] {
			d.text(s.capacity)
			d.flag(s.vote)
			d.flag(s.lapsed)
			d.int64(s.from, s.until)
			d.number(len(s.missed))
			for _, y := range s.missed {
				d.int64(int64(y.year), int64(y.times))
			}
		}
	}
	d.number(len(c.bulletins))
	for _, b := range c.bulletins {
		b.Seq = 0 // the sequence is not part of the state
		d.value(b)
	}
}

func (d *digest) meeting(g *meeting) {
	d.text(string(g.id), string(g.council.Council), string(g.state), string(g.chair))
	d.int64(g.due, g.openedAt, g.closedAt, int64(g.version))
	d.codes(g.agenda)
	d.codes(g.excused)
	d.int64(g.voters)
	d.codes(g.absent)
	d.value(g.rules)
	d.value(g.count)
	d.flag(g.quorate)
	d.number(len(g.present))
	for _, person := range slices.Sorted(maps.Keys(g.present)) {
		d.text(string(person))
		d.flag(g.present[person])
	}
}

func (d *digest) topic(t *topic) {
	d.text(string(t.id), string(t.root), string(t.council.Council), t.title, string(t.matter), string(t.by), string(t.meeting),
		string(t.below), string(t.above), string(t.state), string(t.polledIn), t.result)
	on := Code("")
	if t.on != nil {
		on = t.on.id
	}
	d.text(string(on))
	d.int64(int64(t.depth), t.armed, int64(t.reviews), int64(t.version))
	d.flag(t.overdue)
	d.number(len(t.history))
	for _, c := range t.history {
		d.int64(c.at)
		d.text(string(c.state))
	}
	d.number(len(t.ballots))
	for _, person := range slices.Sorted(maps.Keys(t.ballots)) {
		d.text(string(person), string(t.ballots[person]))
	}
	d.flag(t.tally != nil)
	if t.tally != nil {
		d.value(*t.tally)
	}
	d.flag(t.decided != nil)
	if t.decided != nil {
		d.value(*t.decided)
	}
}
