package dispatch

import (
	"fmt"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/party"
)

// FiringsMax bounds the firings that one command may bring along. A Desk that is
// ticked at all never comes near it.
const FiringsMax = 65_536

// Outcome is what a command or a tick leads to. Entries are to be journaled
// together and applied in order; they are none for an unkeyed refusal and for a
// replay. Seq is the sequence number of the command's own first entry (firings
// that it brings along come before), also on a replay; 0 for an unkeyed refusal
// and for an empty tick. Refusal is nil when the command is carried out; on a
// replay it is as it was then. More says that a tick left something due.
type Outcome struct {
	Seq      uint64
	Entries  []Entry
	Replayed bool
	Refusal  *Refusal
	More     bool
}

// Decide answers what a command leads to at an instant, and changes nothing.
// First come the firings of the case it touches that are due before `at` (for
// Install, of every case), then its own entries. A refusal is an answer: keyed,
// it is one more entry; unkeyed, there are no entries at all.
//
// Reasons are looked for in this order. Errors, as *DeskError: the time, then
// ErrCommand, ErrReused; then a replay is answered, whatever the time; then
// ErrTimeBack, ErrNoSetup, ErrBehind. Refusals in the order of RefusalCodes.
// Last, an error of the calendar that cannot count a due of the command itself,
// such as worktime.ErrCalendarHorizon.
//
// O(log n) and the matching of one rule; Install is O(n).
func (d *Desk) Decide(at time.Time, cmd Command) (Outcome, error) {
	now, err := instantOf(at)
	if err != nil {
		return Outcome{}, &DeskError{Verb: verbOf(cmd.Do), Err: err}
	}
	cmd, err = cmd.clean()
	if err != nil {
		return Outcome{}, &DeskError{Verb: verbOf(cmd.Do), Err: err}
	}
	key, body, err := cmd.sums()
	if err != nil {
		return Outcome{}, &DeskError{Verb: cmd.Do.verb(), Err: fmt.Errorf("%w: %w", ErrCommand, err)}
	}
	if cmd.Key != "" {
		slot, seen, err := d.keys.Find(key, body)
		if err != nil {
			return Outcome{}, &DeskError{Verb: cmd.Do.verb(), Err: err}
		}
		if seen {
			return d.replayed(slot), nil
		}
	}
	if now < d.last {
		err := fmt.Errorf("%w: %s is before %s", ErrTimeBack, now.time().Format(stamp), d.last.time().Format(stamp))
		return Outcome{}, &DeskError{Verb: cmd.Do.verb(), Err: err}
	}
	a := attempt{d: d, now: now, cmd: cmd, rules: d.rules}
	refusal, err := a.run()
	if err != nil {
		return Outcome{}, &DeskError{Verb: cmd.Do.verb(), Case: cmd.Do.subject(), Err: err}
	}
	return a.outcome(refusal, key, body), nil
}

func verbOf(do Do) string {
	if do == nil {
		return "command"
	}
	return do.verb()
}

func (d *Desk) replayed(slot keyed.Slot) Outcome {
	out := Outcome{Seq: slot.Seq, Replayed: true}
	if refusal, ok := d.refused[slot.Seq]; ok {
		out.Refusal = refusal.own()
	}
	return out
}

// attempt is one command being decided.
type attempt struct {
	d       *Desk
	now     instant
	cmd     Command
	rules   *Setup
	entries []Entry
	own     int // index of the command's own first entry
}

// outcome puts the key on the command's own first entry, or records the refusal
// of a keyed command behind the firings.
func (a *attempt) outcome(refusal *Refusal, key, body Sum) Outcome {
	if refusal != nil && a.cmd.Key == "" {
		return Outcome{Refusal: refusal}
	}
	if refusal != nil {
		a.entries = append(a.entries[:a.own:a.own], Entry{
			Seq: a.d.seq + uint64(a.own) + 1, At: a.now.time(), Actor: a.cmd.Actor,
			Fact: Refused{Verb: a.cmd.Do.verb(), Refusal: *refusal.own()},
		})
	}
	a.entries[a.own].Key, a.entries[a.own].Sum = key, body
	return Outcome{Seq: a.entries[a.own].Seq, Entries: a.entries, Refusal: refusal}
}

func (a *attempt) run() (*Refusal, error) {
	if do, ok := a.cmd.Do.(Install); ok {
		return a.install(do)
	}
	if a.rules == nil {
		return nil, ErrNoSetup
	}
	switch do := a.cmd.Do.(type) {
	case File:
		return a.file(do)
	case Import:
		return a.importCase(do)
	case FileSelf:
		return a.fileSelf(do)
	case Apply:
		return a.apply(do)
	case Admit:
		return a.admit(do)
	case Deny:
		return a.settle(do.Mandate, MandateApplication, MandateDenied(do))
	case Revoke:
		return a.settle(do.Mandate, MandateInForce, MandateRevoked(do))
	}
	return a.work(a.cmd.Do.subject())
}

// stale refuses a command that expects another version.
func (a *attempt) stale(version uint64) *Refusal {
	if a.cmd.Expect == 0 || a.cmd.Expect == version {
		return nil
	}
	return newRefusal(RefusedStale, strconv.FormatUint(a.cmd.Expect, 10), strconv.FormatUint(version, 10))
}

// entitled refuses an actor who does not serve the party. The host always does.
func (a *attempt) entitled(party Code) *Refusal {
	actor, dir := a.cmd.Actor, a.rules.Directory
	if actor == (Actor{}) {
		return nil
	}
	may := actor.Person == "" || actor.Person == party || dir.Serves(actor.Person, party, a.now.time())
	if actor.Post != "" {
		post, _ := dir.Post(actor.Post)
		under := false
		for p := range dir.Chain(post.Party) {
			under = under || p.Code == party
		}
		may = may && under
	}
	if may {
		return nil
	}
	return newRefusal(RefusedNotEntitled, string(actor.Person), string(actor.Post), string(party))
}

// seated refuses an actor who is on no post of the party itself, nor acts for its holder:
// whoever is below a body does not rule, decide or run the desk in its place. The host
// always may.
func (a *attempt) seated(party Code) *Refusal {
	actor, dir, at := a.cmd.Actor, a.rules.Directory, a.now.time()
	own := func(post Code) bool {
		p, ok := dir.Post(post)
		return ok && p.Party == party
	}
	switch {
	case actor == (Actor{}), actor.Person == party && actor.Post == "":
		return nil
	case actor.Post != "":
		if own(actor.Post) && (actor.Person == "" || dir.Acts(actor.Person, actor.Post, at)) {
			return nil
		}
	default:
		for held := range dir.Serving(actor.Person) {
			if own(held.Post) && held.During.Holds(at) {
				return nil
			}
		}
	}
	return newRefusal(RefusedNotEntitled, string(actor.Person), string(actor.Post), string(party))
}

// granted reports whether the actor expressly has a right over an area.
func (a *attempt) granted(kind party.RightKind, area Code) bool {
	return a.rules.Directory.Grants(a.cmd.Actor.Person, a.cmd.Actor.Post, kind, area, a.now.time())
}

// draft is a draft on a copy of a case.
func (a *attempt) draft(c *caseState) draft {
	return draft{desk: a.d, rules: a.rules, out: &a.entries, c: *c, actor: a.cmd.Actor}
}

// number is the number of the Setup in force.
func (d *Desk) number() uint64 { return uint64(len(d.setups)) }
