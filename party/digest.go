package party

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"maps"
	"math"
	"slices"
	"time"
)

// Hash identifies the content: two Directories built from the same Plan in any
// order have the same hash, and so have two whose instants are the same in other
// time zones. Personal data (Name, Phone and Consent of a Person) is not in it,
// nor is the map, nor are the layers.
func (d *Directory) Hash() [32]byte {
	if d == nil {
		return [32]byte{}
	}
	return d.hash
}

// Format writes how much the Directory holds, whatever the verb: printing one
// shows no name and no number.
func (d Directory) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "party.Directory{parties: %d, people: %d, posts: %d, hash: %x}",
		len(d.parties), len(d.people), len(d.posts), d.hash[:4])
}

// digest is a hash over values, each written so that no two sequences of values
// look alike: texts with their length before them, lists with their count.
type digest struct {
	to  hash.Hash
	buf []byte
}

// sum is the digest of everything the Directory holds but personal data, whatever
// the order of the Plan.
func (d *Directory) sum() [32]byte {
	g := &digest{to: sha256.New()}
	digestAll(g, d.order.parties, func(c Code) { g.party(d.parties[c]) })
	digestAll(g, d.order.people, func(c Code) { g.person(d.people[c]) })
	digestAll(g, d.order.posts, func(c Code) {
		g.post(d.posts[c])
		digestAll(g, d.holders[c], g.appointment)
	})
	digestAll(g, d.registrations, g.registration)
	digestAll(g, RightKinds(), func(k RightKind) { digestAll(g, d.rights[k], g.right) })
	digestAll(g, d.order.groups, func(c Code) { g.group(d.groups[c]) })
	digestAll(g, d.facilities, g.facility)
	digestAll(g, slices.Sorted(maps.Keys(d.fields)), func(c Code) { digestAll(g, d.fields[c], g.field) })
	g.text(string(d.desk))
	schedule := d.roster.Hash()
	g.text(string(schedule[:]))
	digestAll(g, []Code(nil), nil) // writes what is left
	return [32]byte(g.to.Sum(nil))
}

// digestAll writes how many there are and then each.
func digestAll[T any](g *digest, list []T, write func(T)) {
	g.number(int64(len(list)))
	for _, x := range list {
		write(x)
	}
	_, _ = g.to.Write(g.buf)
	g.buf = g.buf[:0]
}

func (g *digest) number(n int64) { g.buf = binary.BigEndian.AppendUint64(g.buf, uint64(n)) }

func (g *digest) text(s string) {
	g.number(int64(len(s)))
	g.buf = append(g.buf, s...)
}

// instant is the seconds and the part of a second, which every time has in
// whatever year and zone.
func (g *digest) instant(t time.Time) {
	g.number(t.Unix())
	g.number(int64(t.Nanosecond()))
}

func (g *digest) during(i Interval) {
	g.instant(i.From)
	g.instant(i.Until)
}

func (g *digest) party(p Party) {
	g.text(string(p.Code))
	g.text(string(p.Parent))
	g.text(p.Name)
	g.text(p.Kind)
	g.text(p.Class)
	g.text(string(p.Area))
	g.text(p.Line)
	g.during(p.During)
}

func (g *digest) person(p Person) {
	g.text(string(p.Code))
	g.text(string(p.Home))
	digestAll(g, p.Kinds, g.text)
	digestAll(g, p.Skills, g.text)
}

func (g *digest) post(p Post) {
	g.text(string(p.Code))
	g.text(string(p.Party))
	g.text(p.Name)
	g.text(p.Role)
	g.text(string(p.Area))
	g.text(p.Place.Layer)
	g.text(string(p.Place.Feature))
	g.number(int64(p.Quota))
	g.text(string(p.Deputy))
	g.number(p.Limit)
	g.text(p.Public)
	g.text(p.Duties)
}

func (g *digest) appointment(a Appointment) {
	g.text(string(a.Person))
	g.text(string(a.Post))
	g.text(string(a.Kind))
	g.during(a.During)
}

func (g *digest) registration(r Registration) {
	g.text(string(r.Person))
	g.text(string(r.Area))
	g.text(string(r.Kind))
	g.text(r.Branch)
	g.during(r.During)
}

func (g *digest) right(r Right) {
	g.text(string(r.Holder))
	g.text(string(r.Kind))
	g.text(string(r.Scope))
	g.during(r.During)
}

func (g *digest) group(x Group) {
	g.text(string(x.Code))
	g.text(x.Name)
	g.text(x.Purpose)
	g.text(string(x.Lead))
	digestAll(g, x.Members, func(c Code) { g.text(string(c)) })
	g.during(x.During)
}

func (g *digest) facility(x Facility) {
	g.text(string(x.Code))
	g.text(string(x.Party))
	g.text(x.Kind)
	g.number(int64(math.Float64bits(x.SquareMeters + 0))) // -0 is 0
	g.during(x.During)
}

func (g *digest) field(x Field) {
	g.text(string(x.Code))
	g.text(string(x.Owner))
	g.during(x.During)
}
