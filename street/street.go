package street

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street/adapt"
)

// EntryFormat is the number of the entry format that this version writes. Later
// versions read it.
const EntryFormat = 1

// Street is one subdistrict at work: the Desk and the Book on one journal
// stream. It is safe for concurrent use; every answer shows only what is
// durable in the journal.
type Street struct {
	folder *Folder
	host   *journal.Host[*machine, Command, Entry]
	salt   func() []byte
}

// Outcome is what a command did.
type Outcome struct {
	Entries  []Entry
	Replayed bool        // the key was used by the same command before; this is what it did then
	Refusal  *Refusal    // nil when the command was carried out
	Record   journal.Seq // the record that holds the entries; 0 when nothing was written
}

// Config says where a Street lives. The zero Config but for Store is usable.
type Config struct {
	Store  journal.Store
	Stream string // one per tenant and subdistrict; "street" when empty
	// Authorize refuses a command before anything looks at it; nil lets all pass.
	Authorize func(ctx context.Context, c Command) error
	// Salt makes a new random salt for personal text; nil keeps no personal text.
	Salt func() []byte
}

// Open brings the folder's street up to the end of its journal and, when the
// journal holds none or another version, installs the folder's rules at the
// next command. The caller keeps and closes the store. Errors are those of the
// store, of a damaged journal, and ErrFolder.
func Open(ctx context.Context, f *Folder, store journal.Store) (*Street, error) {
	return OpenConfig(ctx, f, Config{Store: store})
}

// ErrFolder marks a nil or unloaded Folder.
var ErrFolder = errors.New("street: folder was not loaded")

// OpenConfig is Open with everything that a host may want to set.
func OpenConfig(ctx context.Context, f *Folder, cfg Config) (*Street, error) {
	if f == nil || f.Map == nil || f.List == nil || f.Calendar == nil {
		return nil, ErrFolder
	}
	stream := cfg.Stream
	if stream == "" {
		stream = "street"
	}
	setup := f.Setup()
	host, err := journal.Open(ctx, journal.Config[*machine, Command, Entry]{
		Store: cfg.Store, Stream: stream, Authorize: cfg.Authorize,
		New: func() *machine { return f.newMachine(setup) },
		Codec: journal.Codec[Command, Entry]{
			Format: EntryFormat, Encode: encodeEntry,
			Label: func(c Command) (journal.Label, error) {
				key, sum, err := c.sums()
				return journal.Label{Key: key, Sum: sum, Kind: c.kind(), Private: c.Private}, err
			},
		},
	})
	if err != nil {
		return nil, err
	}
	return &Street{folder: f, host: host, salt: cfg.Salt}, nil
}

// Folder is what the street was opened with.
func (s *Street) Folder() *Folder { return s.folder }

// ErrAreas marks areas of a household that are not those of the map.
var ErrAreas = errors.New("street: not an area of the map with the areas around it")

// Do carries out a command at the instant at, cut to a whole millisecond, and
// answers when it is durable. An instant before the last recorded one is moved to
// it; the record keeps both. A refusal is an answer, not an error. The first command
// installs the folder's rules when the journal holds others; a *RulesRefused when the
// Desk does not take them. A household is enrolled
// in its innermost area and, whether they are named or not, all around it; ErrAreas
// when the map has it otherwise.
func (s *Street) Do(ctx context.Context, at time.Time, c Command) (Outcome, error) {
	if do, ok := c.Rounds.(rounds.Enrol); ok {
		path, known := s.folder.pathOf(do.Areas)
		if !known {
			return Outcome{}, fmt.Errorf("%w: %s", ErrAreas, join(do.Areas, ";"))
		}
		do.Areas = path
		c.Rounds = do
	}
	if err := s.install(ctx, at); err != nil {
		return Outcome{}, err
	}
	return s.do(ctx, at, c)
}

func (s *Street) do(ctx context.Context, at time.Time, c Command) (Outcome, error) {
	got, err := s.host.Do(ctx, at.Truncate(time.Millisecond), c)
	if err != nil {
		return Outcome{}, err
	}
	out := Outcome{Entries: got.Entries, Replayed: got.Replayed, Record: got.Record}
	out.Refusal, _ = got.Refusal.(*Refusal)
	if len(got.Entries) > 0 && got.Entries[0].Refused != nil {
		out.Refusal = got.Entries[0].Refused
	}
	return out, nil
}

// RulesRefused is the error of a Street whose folder's rules did not come into force:
// nothing but another folder helps.
type RulesRefused struct {
	Refusal Refusal
	folder  *Folder
}

// Error says the refusal in English, with codes.
func (e *RulesRefused) Error() string {
	return "street: " + catalog.Text("en", "rules-refused", e.Refusal.Text("en"))
}

// Text says the refusal in lang with the folder's names: "zh" is Chinese, anything
// else English.
func (e *RulesRefused) Text(lang string) string {
	return catalog.Text(lang, "rules-refused", e.folder.Names(lang).Refusal(e.Refusal))
}

// Finding is the refusal as an error of the folder, where street.json asks for a proved list.
func (e *RulesRefused) Finding() Finding {
	f := Finding{Level: Error, Code: "rules-refused", File: configName, Args: []string{e.Refusal.Text("en")}, Said: map[string]string{}}
	f.Line, f.Column = e.folder.provedLine, e.folder.provedColumn
	for _, lang := range []string{"en", "zh"} {
		f.Said[lang] = e.Text(lang)
	}
	return f
}

// install records the folder's rules unless they are in force.
func (s *Street) install(ctx context.Context, at time.Time) error {
	setup := s.folder.Setup()
	current := false
	if err := s.host.View(ctx, func(m *machine) { _, _, current = m.desk.Installed() }); err != nil || current {
		return err
	}
	out, err := s.do(ctx, at, Command{Desk: dispatch.Install{Setup: setup}})
	if err == nil && out.Refusal != nil {
		return &RulesRefused{Refusal: *out.Refusal, folder: s.folder}
	}
	return err
}

// Tick fires every due up to the instant at.
func (s *Street) Tick(ctx context.Context, at time.Time) error {
	for {
		due, ok, err := s.host.NextDue(ctx)
		if err != nil || !ok || due.After(at) {
			return err
		}
		out, err := s.host.Tick(ctx, at.Truncate(time.Millisecond))
		if err != nil {
			return err
		}
		if out.Record == 0 {
			return fmt.Errorf("%w: %s", ErrStuck, due.Format(time.RFC3339Nano))
		}
	}
}

// ErrStuck marks a due that a tick did not fire: a machine that is broken, or
// another host that ticked the same stream meanwhile.
var ErrStuck = errors.New("street: nothing fired at its due")

// NextDue is the first instant at which Tick acts; false when nothing is open.
func (s *Street) NextDue(ctx context.Context) (time.Time, bool, error) { return s.host.NextDue(ctx) }

// View lets read look at the Desk and the Book as they are in the journal. It
// must not change or keep them.
func (s *Street) View(ctx context.Context, read func(desk *dispatch.Desk, book *finance.Book)) error {
	return s.host.View(ctx, func(m *machine) { read(m.desk, m.book) })
}

// Councils lets read look at the minutes of the councils as they are durable. It
// must not keep them.
func (s *Street) Councils(ctx context.Context, read func(*council.Minutes)) error {
	return s.host.View(ctx, func(m *machine) { read(m.council) })
}

// Rounds lets read look at the log of visits, shifts and attendance as it is
// durable. It must not keep it.
func (s *Street) Rounds(ctx context.Context, read func(*rounds.Log)) error {
	return s.host.View(ctx, func(m *machine) { read(m.rounds) })
}

// Case answers a case by id. ok is false once it is Archived.
func (s *Street) Case(id Code) (c dispatch.Case, ok bool) {
	err := s.host.View(context.Background(), func(m *machine) { c, ok = m.desk.Case(id) })
	return c, ok && err == nil
}

// Hash is the digest of the state: equal for equal states, whatever the
// cadence of Tick.
func (s *Street) Hash() (sum keyed.Sum) {
	_ = s.host.View(context.Background(), func(m *machine) { sum = m.hash() })
	return sum
}

// Disclosure is what may be published of a mandate's money: who paid, for what,
// what came back.
func (s *Street) Disclosure(mandate Code) (d finance.Disclosure, ok bool) {
	err := s.host.View(context.Background(), func(m *machine) { d, ok = m.book.Disclosure(mandate) })
	return d, ok && err == nil
}

// Disclosures are the disclosures of every funded mandate, by code.
func (s *Street) Disclosures() []finance.Disclosure {
	var list []finance.Disclosure
	_ = s.host.View(context.Background(), func(m *machine) {
		for mandate := range m.book.Mandates() {
			d, _ := m.book.Disclosure(mandate.Code)
			list = append(list, d)
		}
	})
	return list
}

// ScoreBoard is the on-time and the closing rate of the cases due up to and
// including now: of all, by area and by party.
func (s *Street) ScoreBoard(now time.Time) (*assess.ScoreBoard, error) {
	scheme, err := assess.NewScheme(assess.Plan{Indicators: adapt.Rates()})
	if err != nil {
		return nil, err
	}
	var facts []assess.Fact
	err = s.host.View(context.Background(), func(m *machine) {
		for _, c := range m.results() {
			facts = append(facts, adapt.CaseFact(c, s.folder.Map, s.folder.Directory, now))
		}
	})
	if err != nil {
		return nil, err
	}
	return assess.Score(scheme, facts)
}

// personal is the text of an event that may say something about a person.
type personal struct {
	Reporter string `json:"reporter,omitempty"`
	Summary  string `json:"summary,omitempty"`
	Outcome  string `json:"outcome,omitempty"`
}

// private is personal text as a record keeps it, apart from the facts.
func (s *Street) private(p personal) *journal.Private {
	if s.salt == nil || p == (personal{}) {
		return nil
	}
	data, err := json.Marshal(p)
	if err != nil {
		return nil
	}
	return &journal.Private{Salt: s.salt(), Data: data}
}
