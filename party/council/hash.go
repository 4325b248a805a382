package council

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/gridgov/gridgov/internal/envelope"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov minutes 1"

// Hash is the digest of the state: every council, seat, meeting, topic and
// bulletin, by code. It leaves out the sequence, the instant of the last entry and
// the key index, so refusals and the cadence of ticks do not change it, and
// commands that touch different things give the same hash in any order.
// O(n log n).
func (m *Minutes) Hash() Sum {
	d := digest{envelope.NewDigest(hashForm)}
	d.Number(len(m.councils))
	for _, id := range slices.Sorted(maps.Keys(m.councils)) {
		d.council(m.councils[id])
	}
	d.Number(len(m.meetings))
	for _, id := range slices.Sorted(maps.Keys(m.meetings)) {
		d.meeting(m.meetings[id])
	}
	d.Number(len(m.topics))
	for _, id := range slices.Sorted(maps.Keys(m.topics)) {
		d.topic(m.topics[id])
	}
	return d.Sum()
}

// digest is a state being hashed.
type digest struct{ envelope.Digest }

// value writes a plain struct as JSON, which is the same for the same value.
func (d *digest) value(v any) {
	data, err := json.Marshal(v)
	if err != nil { // rules and resolutions in the minutes always marshal
		data = nil
	}
	d.Text(string(data))
}

func (d *digest) council(c *council) {
	d.value(c.Found)
	d.Int64(c.foundedAt, c.endedAt, int64(c.version))
	d.Number(len(c.seats))
	for _, person := range slices.Sorted(maps.Keys(c.seats)) {
		d.Text(string(person))
		d.Number(len(c.seats[person]))
		for _, s := range c.seats[person] {
			d.Text(s.capacity)
			d.Flag(s.vote)
			d.Flag(s.lapsed)
			d.Int64(s.from, s.until)
			d.Number(len(s.missed))
			for _, y := range s.missed {
				d.Int64(int64(y.year), int64(y.times))
			}
		}
	}
	d.Number(len(c.bulletins))
	for _, b := range c.bulletins {
		b.Seq = 0 // the sequence is not part of the state
		d.value(b)
	}
}

func (d *digest) meeting(g *meeting) {
	d.Text(string(g.id), string(g.council.Council), string(g.state), string(g.chair))
	d.Int64(g.due, g.openedAt, g.closedAt, int64(g.version))
	d.Codes(g.agenda...)
	d.Codes(g.excused...)
	d.Int64(g.voters)
	d.Codes(g.absent...)
	d.value(g.rules)
	d.value(g.count)
	d.Flag(g.quorate)
	d.Number(len(g.present))
	for _, person := range slices.Sorted(maps.Keys(g.present)) {
		d.Text(string(person))
		d.Flag(g.present[person])
	}
}

func (d *digest) topic(t *topic) {
	d.Text(string(t.id), string(t.root), string(t.council.Council), t.title, string(t.matter), string(t.by), string(t.meeting),
		string(t.below), string(t.above), string(t.state), string(t.polledIn), t.result)
	on := Code("")
	if t.on != nil {
		on = t.on.id
	}
	d.Text(string(on))
	d.Int64(int64(t.depth), t.armed, int64(t.reviews), int64(t.version))
	d.Flag(t.overdue)
	d.Number(len(t.history))
	for _, c := range t.history {
		d.Int64(c.at)
		d.Text(string(c.state))
	}
	d.Number(len(t.ballots))
	for _, person := range slices.Sorted(maps.Keys(t.ballots)) {
		d.Text(string(person), string(t.ballots[person]))
	}
	d.Flag(t.tally != nil)
	if t.tally != nil {
		d.value(*t.tally)
	}
	d.Flag(t.decided != nil)
	if t.decided != nil {
		d.value(*t.decided)
	}
}
