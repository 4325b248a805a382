package dispatch

import (
	"slices"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/roster"
)

// enforcement reports whether only staff with powers may work on the case: the list
// says so of the matter, or a penalty may follow.
func (a *attempt) enforcement(event *Event) bool {
	matter, _ := a.rules.List.Matter(event.Matter)
	return matter.Enforcement || event.Penalty
}

// powerless reports whether a person is no resident or mobile staff then: on the post
// that is named, when they hold it, else on any. Who holds none, as a claimant may, has
// no powers; a post without a person, and the host, have them.
func (a *attempt) powerless(person, post Code) bool {
	regular := person == ""
	for ap := range a.rules.Directory.Serving(person) {
		if !ap.During.Holds(a.now.time()) {
			continue
		}
		powers := ap.Kind != party.PartTime && ap.Kind != party.Volunteer
		if ap.Post == post {
			return !powers
		}
		regular = regular || powers
	}
	return !regular
}

// onDuty reports whether a person is on shift then, or holds a post that has no
// rotation and is not on leave; with a post, on that one.
func (a *attempt) onDuty(person, post Code) bool {
	dir, at := a.rules.Directory, a.now.time()
	if on, _ := dir.Duty(person, at); on && post == "" {
		return true
	}
	rotas := dir.Roster()
	for ap := range dir.Serving(person) {
		if !ap.During.Holds(at) || post != "" && ap.Post != post || !dir.Active(ap.Post, at) {
			continue
		}
		status := rotas.At(ap.Post, at)
		for _, on := range status.On {
			if on.Person == person {
				return true
			}
		}
		if len(status.On) == 0 && status.Off[0].Reason == roster.NoRotation && !rotas.Away(person, ap.Post, at) {
			return true
		}
	}
	return false
}

// sampled reports whether the case is self-handled and one that somebody else must
// verify.
func (w *draft) sampled() bool {
	matter, _ := w.rules.List.Matter(w.c.event.Matter)
	return w.c.self && Sampled(w.c.id, matter.VerifySample)
}

// unseen reports whether a finished case needs nobody else to verify it: self-handled,
// not in the sample, shown before and after, with all the evidence that is asked for,
// and not sent back before.
func (t *trial) unseen(do Finish) bool {
	c := &t.w.c
	return c.self && !t.w.sampled() && c.also().reworks == 0 &&
		c.shows(EvidenceBefore, do.Evidence) && c.shows(EvidenceAfter, do.Evidence) && len(t.missing(do)) == 0
}

// handsGuard is the guards of those who work on a case: whom an Assign sends, and
// whoever begins, finishes, claims or closes an enforcement matter.
func (t *trial) handsGuard(code string, refuse func(...string) *Refusal) *Refusal {
	do, assign := t.cmd.Do.(Assign)
	if !assign {
		actor := t.cmd.Actor
		if code == RefusedNoPowers && t.enforcement(t.w.c.event) && t.powerless(actor.Person, actor.Post) {
			return refuse(string(actor.Person))
		}
		return nil
	}
	matter, _ := t.rules.List.Matter(t.w.c.event.Matter)
	for _, p := range do.People {
		switch code {
		case RefusedOffDuty:
			if !t.onDuty(p.Person, p.Post) {
				return refuse(string(p.Person))
			}
		case RefusedNotOfParty:
			if lead := t.w.c.answerable(t.d.desk()); !t.of(p, lead) {
				return refuse(string(p.Person), string(lead))
			}
		case RefusedNoPowers:
			if t.enforcement(t.w.c.event) && t.powerless(p.Person, p.Post) {
				return refuse(string(p.Person))
			}
		case RefusedUnskilled:
			person, _ := t.rules.Directory.Person(p.Person)
			for _, skill := range matter.Skills {
				if !slices.Contains(person.Skills, skill) {
					return refuse(string(p.Person), skill)
				}
			}
		case RefusedStalePosition:
			if do.Override == "" && t.w.c.event.Point != nil && t.stalePosition(p) {
				return refuse(string(p.Person), t.rules.Policy.fresh().String())
			}
		}
	}
	return nil
}

// of reports whether somebody who is sent serves a party then, or is it, on the post
// that is named if any is.
func (t *trial) of(p Sent, lead Code) bool {
	dir := t.rules.Directory
	if p.Person != lead && !dir.Serves(p.Person, lead, t.now.time()) {
		return false
	}
	if p.Post == "" {
		return true
	}
	post, ok := dir.Post(p.Post)
	for c := range dir.Chain(post.Party) {
		if ok && c.Code == lead {
			return true
		}
	}
	return false
}

// stalePosition reports whether a position is older than Policy.Fresh, later than now,
// or missing. A limit that the calendar cannot count is past.
func (t *trial) stalePosition(p Sent) bool {
	if p.Seen.IsZero() || p.Seen.After(t.now.time()) {
		return true
	}
	until, err := t.rules.Calendar.Add(p.Seen, t.rules.Policy.fresh())
	return err != nil || t.now.time().After(until)
}
