package finance

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/apportion"
)

// judge answers the facts of a well-formed command, or why it is refused. That the
// actor has no right goes before everything but what is not there or there already.
func (b *Book) judge(at time.Time, c *Command) (verdict, *Refusal) {
	v, refusal := b.judgeDo(c)
	if refusal != nil && refusals.Order(refusal.Code) < refusals.Order(NoRight) {
		return verdict{}, refusal
	}
	if denied := b.deny(at, c); denied != nil {
		return verdict{}, denied
	}
	return v, refusal
}

// deny refuses an actor without the right to do c, whose subjects exist.
func (b *Book) deny(at time.Time, c *Command) *Refusal {
	scope := b.scope(c.Do)
	if b.authority == nil || c.Actor == (Actor{}) || scope == "" {
		return nil
	}
	who := c.Actor
	if !b.authority.Allows(who.Person, who.Post, RightApprove, scope, at) {
		return refuse(NoRight, string(cmp.Or(who.Person, who.Post)), RightApprove, string(scope))
	}
	limiter, ok := b.authority.(Limiter)
	asked := moved(c.Do)
	if !ok || asked == 0 {
		return nil
	}
	if limit, limited := limiter.ApprovalLimit(who.Person, who.Post, scope, at); limited && asked > Fen(limit) {
		return refuse(OverLimit, string(cmp.Or(who.Person, who.Post)), Fen(limit).String(), asked.String())
	}
	return nil
}

// moved is the money that do moves, which a post's limit is about; the largest Fen
// when it is more than that.
func moved(do Do) Fen {
	switch do := do.(type) {
	case Appropriate:
		return do.Amount
	case Fund:
		sum := Fen(0)
		for _, s := range do.Shares {
			var err error
			if sum, err = sum.Add(s.Amount); err != nil {
				return math.MaxInt64
			}
		}
		return sum
	case Commit:
		return do.Amount
	case Pay:
		return do.Amount
	}
	return 0
}

// scope is the party or community over which do needs the right; none for Assert.
func (b *Book) scope(do Do) Code {
	switch do := do.(type) {
	case Open:
		return do.Party
	case Appropriate:
		return b.lines[do.Line].Party
	case Fund:
		return do.Community
	case Commit:
		return b.mandates[do.Mandate].Community
	case Pay:
		return b.commitments[do.Commitment].mandate.Community
	case Release:
		return b.commitments[do.Commitment].mandate.Community
	case Settle:
		return b.mandates[do.Mandate].Community
	}
	return ""
}

// judgeDo is judge without rights.
func (b *Book) judgeDo(c *Command) (verdict, *Refusal) {
	var fact Fact
	var refusal *Refusal
	switch do := c.Do.(type) {
	case Open:
		fact, refusal = b.judgeOpen(do, c.Expect)
	case Appropriate:
		fact, refusal = b.judgeAppropriate(do, c.Expect)
	case Fund:
		fact, refusal = b.judgeFund(do, c.Expect)
	case Commit:
		fact, refusal = b.judgeCommit(do, c.Expect)
	case Pay:
		fact, refusal = b.judgePay(do, c.Expect)
	case Release:
		fact, refusal = b.judgeRelease(do, c.Expect)
	case Settle:
		return b.judgeSettle(do, c.Expect)
	case Assert:
		fact, refusal = b.judgeAssert(do, c.Expect)
	}
	return verdict{last: fact}, refusal
}

func stale(what Code, version, expect uint64) *Refusal {
	if expect == 0 || expect == version {
		return nil
	}
	return refuse(Stale, string(what), strconv.FormatUint(version, 10), strconv.FormatUint(expect, 10))
}

func (b *Book) judgeOpen(do Open, expect uint64) (Fact, *Refusal) {
	if b.lines[do.Line] != nil {
		return nil, refuse(LineExists, string(do.Line))
	}
	return Opened(do), stale(do.Line, 0, expect)
}

func (b *Book) judgeAppropriate(do Appropriate, expect uint64) (Fact, *Refusal) {
	l := b.lines[do.Line]
	if l == nil {
		return nil, refuse(NoLine, string(do.Line))
	}
	if r := stale(do.Line, l.version, expect); r != nil {
		return nil, r
	}
	if _, err := b.total.appropriated.Add(do.Amount); err != nil {
		return nil, refuse(TooMuch, string(do.Line))
	}
	return Appropriated(do), nil
}

func (b *Book) judgeFund(do Fund, expect uint64) (Fact, *Refusal) {
	list := slices.SortedFunc(slices.Values(do.Shares), byLine)
	for _, s := range list {
		if b.lines[s.Line] == nil {
			return nil, refuse(NoLine, string(s.Line))
		}
	}
	if b.mandates[do.Mandate] != nil {
		return nil, refuse(MandateExists, string(do.Mandate))
	}
	if r := stale(do.Mandate, 0, expect); r != nil {
		return nil, r
	}
	for _, s := range list {
		if l := b.lines[s.Line]; l.Year != do.Year {
			return nil, refuse(WrongYear, string(s.Line), strconv.Itoa(l.Year), strconv.Itoa(do.Year))
		}
	}
	for _, s := range list {
		if l := b.lines[s.Line]; l.Special && !covers(l.Purpose, do.Purpose) {
			return nil, refuse(WrongPurpose, string(s.Line), string(l.Purpose), string(do.Purpose))
		}
	}
	for _, s := range list {
		if l := b.lines[s.Line]; s.Amount > l.available() {
			return nil, refuse(LineShort, string(s.Line), l.available().String(), s.Amount.String())
		}
	}
	total := b.total.earmarked
	for _, s := range list {
		var err error
		if total, err = total.Add(s.Amount); err != nil {
			return nil, refuse(TooMuch, string(s.Line))
		}
	}
	do.Shares = list
	return Funded(do), nil
}

func (b *Book) judgeCommit(do Commit, expect uint64) (Fact, *Refusal) {
	m := b.mandates[do.Mandate]
	if m == nil {
		return nil, refuse(NoMandate, string(do.Mandate))
	}
	if b.commitments[do.Commitment] != nil {
		return nil, refuse(CommitmentExists, string(do.Commitment))
	}
	if do.Purpose == "" {
		do.Purpose = m.Purpose
	}
	switch r := stale(do.Mandate, m.version, expect); {
	case r != nil:
		return nil, r
	case m.settled:
		return nil, refuse(Settlement, string(do.Mandate))
	case m.special && !covers(m.Purpose, do.Purpose):
		return nil, refuse(WrongPurpose, string(do.Mandate), string(m.Purpose), string(do.Purpose))
	case do.Amount > m.available:
		return nil, refuse(MandateShort, string(do.Mandate), m.available.String(), do.Amount.String())
	case m.open >= OpenMax:
		return nil, refuse(TooMany, string(do.Mandate), strconv.Itoa(OpenMax))
	}
	parts := m.parts(do.Amount, func(i int) Fen { return m.lots[i].available })
	return Committed{do.Mandate, do.Commitment, do.Payee, do.Purpose, do.Amount, parts}, nil
}

func (b *Book) judgePay(do Pay, expect uint64) (Fact, *Refusal) {
	c := b.commitments[do.Commitment]
	if c == nil {
		return nil, refuse(NoCommitment, string(do.Commitment))
	}
	if _, ok := b.payments[do.Payment]; ok {
		return nil, refuse(PaymentExists, string(do.Payment))
	}
	switch r := stale(c.mandate.Mandate, c.mandate.version, expect); {
	case r != nil:
		return nil, r
	case c.rem == 0:
		return nil, refuse(CommitmentClosed, string(do.Commitment))
	case do.Amount > c.rem:
		return nil, refuse(CommitmentShort, string(do.Commitment), c.rem.String(), do.Amount.String())
	}
	parts := c.mandate.parts(do.Amount, func(i int) Fen { return c.rest[i] })
	return Paid{c.mandate.Mandate, do.Commitment, do.Payment, do.Amount, parts}, nil
}

func (b *Book) judgeRelease(do Release, expect uint64) (Fact, *Refusal) {
	c := b.commitments[do.Commitment]
	if c == nil {
		return nil, refuse(NoCommitment, string(do.Commitment))
	}
	if r := stale(c.mandate.Mandate, c.mandate.version, expect); r != nil {
		return nil, r
	}
	if c.rem == 0 {
		return nil, refuse(CommitmentClosed, string(do.Commitment))
	}
	return c.release(), nil
}

// release is the fact that gives all of a commitment's rest back.
func (c *commitment) release() Released {
	parts := c.mandate.shares(func(i int) Fen { return c.rest[i] })
	return Released{c.mandate.Mandate, c.code, parts}
}

func (b *Book) judgeSettle(do Settle, expect uint64) (verdict, *Refusal) {
	m := b.mandates[do.Mandate]
	if m == nil {
		return verdict{}, refuse(NoMandate, string(do.Mandate))
	}
	switch r := stale(do.Mandate, m.version, expect); {
	case r != nil:
		return verdict{}, r
	case m.settled:
		return verdict{}, refuse(Settlement, string(do.Mandate))
	case m.open > 0 && !do.Release:
		return verdict{}, refuse(CommitmentsOpen, string(do.Mandate), strconv.Itoa(m.open))
	}
	var v verdict
	open := slices.DeleteFunc(slices.Clone(m.commitments), func(c *commitment) bool { return c.rem == 0 })
	slices.SortFunc(open, func(a, b *commitment) int { return strings.Compare(string(a.code), string(b.code)) })
	for _, c := range open {
		v.releases = append(v.releases, c.release())
	}
	// Releasing changes no lot's spending, so the burdens are known now.
	burdens := m.split(m.out, func(i int) Fen { return m.lots[i].granted })
	v.last = Settled{
		Mandate:  do.Mandate,
		Spent:    m.out,
		TrueUps:  m.shares(func(i int) Fen { return burdens[i] - m.lots[i].spent }),
		Returned: m.shares(func(i int) Fen { return m.lots[i].granted - burdens[i] }),
	}
	return v, nil
}

func (b *Book) judgeAssert(do Assert, expect uint64) (Fact, *Refusal) {
	if do.Line != "" {
		l := b.lines[do.Line]
		if l == nil {
			return nil, refuse(NoLine, string(do.Line))
		}
		return Asserted{Line: do.Line, Stated: do.Balance, Held: l.available()}, stale(do.Line, l.version, expect)
	}
	m := b.mandates[do.Mandate]
	if m == nil {
		return nil, refuse(NoMandate, string(do.Mandate))
	}
	return Asserted{Mandate: do.Mandate, Stated: do.Balance, Held: m.available + m.bound}, stale(do.Mandate, m.version, expect)
}

// split shares amount by the weight of each lot. A caller has checked that
// amount is not above the sum of the weights, so no part is above its weight.
func (m *mandate) split(amount Fen, weight func(lot int) Fen) []Fen {
	weights := make([]Fen, len(m.lots), 2*len(m.lots))
	for i := range weights {
		weights[i] = weight(i)
	}
	parts, err := apportion.Append(weights[len(weights):], amount, weights)
	if err != nil { // no weight above zero, so amount is zero as well
		return weights
	}
	return parts
}

// parts is split as shares.
func (m *mandate) parts(amount Fen, weight func(lot int) Fen) []Share {
	if len(m.lots) == 1 {
		return []Share{{m.lots[0].code, amount}}
	}
	parts := m.split(amount, weight)
	return m.shares(func(i int) Fen { return parts[i] })
}

// shares lists what is not zero, in lot order.
func (m *mandate) shares(amount func(lot int) Fen) []Share {
	n := 0
	for i := range m.lots {
		if amount(i) != 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	list := make([]Share, 0, n)
	for i := range m.lots {
		if a := amount(i); a != 0 {
			list = append(list, Share{m.lots[i].code, a})
		}
	}
	return list
}
