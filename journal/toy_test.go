package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/journal"
)

// day is the first instant of every test.
var day = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// till is a toy machine: a total that never goes below zero and alarms that
// fire one millisecond after they are due.
type till struct {
	seq     uint64
	total   int64
	last    int64
	alarms  map[int64]int // due instants in ms
	keys    keyed.Index
	refused map[uint64]string

	breakOn int64 // Apply fails on an entry that adds this
}

// move is a command of the till.
type move struct {
	Key   string
	Tag   int   // tells commands apart in tests
	Add   int64 // 0 with no alarm is malformed; odd amounts make two entries
	Alarm int64 // ms after the instant of the command
}

// fact is an entry of the till.
type fact struct {
	Seq  uint64      `json:"seq"`
	At   int64       `json:"at"`
	Tag  int         `json:"tag,omitzero"`
	Key  journal.Sum `json:"key,omitzero"`
	Sum  journal.Sum `json:"sum,omitzero"`
	Add  int64       `json:"add,omitzero"`
	Due  int64       `json:"due,omitzero"`
	Fire int64       `json:"fire,omitzero"`
	No   string      `json:"no,omitzero"`
}

var (
	errMalformed = errors.New("malformed move")
	errGap       = errors.New("gap")
)

type outcome = journal.Outcome[fact]

func newTill() *till { return &till{alarms: map[int64]int{}} }

func (m *till) Seq() uint64 { return m.seq }

func (m *till) Last() time.Time {
	if m.seq == 0 {
		return time.Time{}
	}
	return time.UnixMilli(m.last).UTC()
}

func sums(c move) (key, sum journal.Sum) {
	if c.Key == "" {
		return
	}
	sum, _ = keyed.OfCommand("move", c.Add, c.Alarm)
	return keyed.Of([]byte(c.Key)), sum
}

func (m *till) Decide(at time.Time, c move) (outcome, error) {
	now := at.UnixMilli()
	if m.seq > 0 && now < m.last {
		return outcome{}, errors.New("time back")
	}
	if c.Add == 0 && c.Alarm == 0 || c.Alarm < 0 {
		return outcome{}, errMalformed
	}
	key, sum := sums(c)
	if c.Key != "" {
		slot, ok, err := m.keys.Find(key, sum)
		if err != nil {
			return outcome{}, err
		}
		if ok {
			out := outcome{Seq: slot.Seq, Replayed: true}
			if no, ok := m.refused[slot.Seq]; ok {
				out.Refusal = no
			}
			return out, nil
		}
	}
	out := outcome{Seq: m.seq + 1}
	own := fact{Tag: c.Tag, Key: key, Sum: sum, At: now}
	if m.total+c.Add < 0 {
		out.Refusal = "short"
		if c.Key == "" {
			return outcome{Refusal: "short"}, nil
		}
		own.No = "short"
		out.Entries = append(m.firing(now), own)
	} else {
		own.Add = c.Add
		if c.Alarm > 0 {
			own.Due = now + c.Alarm
		}
		out.Entries = append(m.firing(now), own)
		if c.Add%2 != 0 {
			out.Entries[len(out.Entries)-1].Add--
			out.Entries = append(out.Entries, fact{Tag: c.Tag, At: now, Add: 1})
		}
	}
	return number(m.seq, out), nil
}

func number(seq uint64, out outcome) outcome {
	for i := range out.Entries {
		out.Entries[i].Seq = seq + 1 + uint64(i)
	}
	return out
}

// firing is what is due strictly before now.
func (m *till) firing(now int64) []fact {
	var all []fact
	for _, due := range slices.Sorted(maps.Keys(m.alarms)) {
		if due < now {
			all = append(all, fact{At: due + 1, Fire: due})
		}
	}
	return all
}

func (m *till) Tick(at time.Time) (outcome, error) {
	return number(m.seq, outcome{Seq: m.seq + 1, Entries: m.firing(at.UnixMilli())}), nil
}

func (m *till) NextDue() (time.Time, bool) {
	if len(m.alarms) == 0 {
		return time.Time{}, false
	}
	return time.UnixMilli(slices.Min(slices.Collect(maps.Keys(m.alarms))) + 1).UTC(), true
}

func (m *till) Apply(e fact) error {
	if e.Seq != m.seq+1 || m.breakOn != 0 && e.Add == m.breakOn {
		return errGap
	}
	m.seq, m.last = e.Seq, max(m.last, e.At)
	m.total += e.Add
	if e.Due > 0 {
		m.alarms[e.Due]++
	}
	delete(m.alarms, e.Fire)
	if e.Key != (journal.Sum{}) {
		m.keys.Put(e.Key, keyed.Slot{Body: e.Sum, Seq: e.Seq})
		if e.No != "" {
			if m.refused == nil {
				m.refused = map[uint64]string{}
			}
			m.refused[e.Seq] = e.No
		}
	}
	return nil
}

func tillCodec() journal.Codec[move, fact] {
	return journal.Codec[move, fact]{
		Format: 1,
		Label: func(c move) (journal.Label, error) {
			key, sum := sums(c)
			return journal.Label{Key: key, Sum: sum, Kind: "till/move"}, nil
		},
	}
}

type tillConfig = journal.Config[*till, move, fact]

func config(s journal.Store) tillConfig {
	return tillConfig{Store: s, Stream: "majiang/till", New: newTill, Codec: tillCodec()}
}

func open(t testing.TB, cfg tillConfig) *journal.Host[*till, move, fact] {
	t.Helper()
	h, err := journal.Open(t.Context(), cfg)
	require.NoError(t, err)
	return h
}

func total(t testing.TB, h *journal.Host[*till, move, fact]) (total int64) {
	t.Helper()
	require.NoError(t, h.View(t.Context(), func(m *till) { total = m.total }))
	return total
}

// facts is the stream as its entries, read without the codec.
func facts(t testing.TB, s journal.Store) (all []fact, records []journal.Record) {
	t.Helper()
	for r, err := range s.Read(context.Background(), "majiang/till", 1) {
		require.NoError(t, err)
		var body struct{ Entries []fact }
		require.NoError(t, json.Unmarshal(r.Body, &body))
		all, records = append(all, body.Entries...), append(records, r)
	}
	return all, records
}

// how an append of a sick store goes.
type how int

const (
	well    how = iota
	full        // ErrFull, nothing written
	lost        // ErrUncertain, nothing written
	late        // ErrUncertain, written
	strange     // an error of no kind, written
	stolen      // another writer is first
	blind       // ErrUncertain, written, and the next reads fail too
	taken       // ErrUncertain, and another writer has the place
)

var errStrange = errors.New("connection reset")

// sick is a store whose appends go as planned.
type sick struct {
	journal.Store
	mu      sync.Mutex
	plan    []how
	blinded int
	appends int
	gate    func() // runs inside Append, before the write
}

func (s *sick) next() how {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.appends++
	if len(s.plan) == 0 {
		return well
	}
	h := s.plan[0]
	s.plan = s.plan[1:]
	if h == blind {
		s.blinded = 3
	}
	return h
}

func (s *sick) blindNow() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.blinded == 0 {
		return nil
	}
	s.blinded--
	return &journal.Fault{Err: errStrange}
}

func (s *sick) Append(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
	if s.gate != nil {
		s.gate()
	}
	switch s.next() {
	case full:
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrFull}
	case lost:
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrUncertain}
	case late, blind:
		if _, err := s.Store.Append(ctx, b); err != nil {
			return journal.Receipt{}, err
		}
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrUncertain}
	case strange:
		if _, err := s.Store.Append(ctx, b); err != nil {
			return journal.Receipt{}, err
		}
		return journal.Receipt{}, errStrange
	case taken:
		steal(ctx, s.Store, b.Stream)
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrUncertain}
	case stolen:
		steal(ctx, s.Store, b.Stream)
	}
	return s.Store.Append(ctx, b)
}

// steal writes one alarmless move of 0 as another host would.
func steal(ctx context.Context, s journal.Store, stream string) {
	head, _ := s.Head(ctx, stream)
	var seq uint64
	for r, err := range s.Read(ctx, stream, 1) {
		var body struct{ Entries []fact }
		if err != nil || json.Unmarshal(r.Body, &body) != nil {
			return
		}
		seq += uint64(len(body.Entries))
	}
	at := max(head.Recorded, journal.Instant(day.UnixMilli()))
	body := fmt.Appendf(nil, `{"format":1,"entries":[{"seq":%d,"at":%d,"tag":-1}]}`, seq+1, at)
	_, _ = s.Append(ctx, journal.Batch{Stream: stream, Expect: head.Seq, Records: []journal.Record{{Kind: "other", Recorded: at, Effective: at, Body: body}}})
}

func (s *sick) Head(ctx context.Context, stream string) (journal.Head, error) {
	if err := s.blindNow(); err != nil {
		return journal.Head{}, err
	}
	return s.Store.Head(ctx, stream)
}

func (s *sick) Read(ctx context.Context, stream string, from journal.Seq) iter.Seq2[journal.Record, error] {
	if err := s.blindNow(); err != nil {
		return func(yield func(journal.Record, error) bool) { yield(journal.Record{}, err) }
	}
	return s.Store.Read(ctx, stream, from)
}

// entriesOf is the entries of a record, read without the codec.
func entriesOf(t require.TestingT, r journal.Record) []fact {
	var body struct{ Entries []fact }
	require.NoError(t, json.Unmarshal(r.Body, &body))
	return body.Entries
}

// withSnapshots has the records of one store and the snapshots of another.
type withSnapshots struct {
	journal.Store
	snapshots journal.Store
}

func (w withSnapshots) LoadSnapshot(ctx context.Context, stream string, atMost journal.Seq) (journal.Snapshot, error) {
	return w.snapshots.LoadSnapshot(ctx, stream, atMost)
}
