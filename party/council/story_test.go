package council_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
)

var record = flag.Bool("record", false, "write the answers of the story anew; only for a format that was never released")

// script runs the lines of a story and writes down what the minutes answer.
type script struct {
	h     *hand
	actor council.Actor
	key   string
	out   strings.Builder
}

func (s *script) say(format string, args ...any) { fmt.Fprintf(&s.out, "> "+format+"\n", args...) }

func (s *script) instant(text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(s.h.t, err)
	return at
}

func (s *script) line(line string) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "", "#":
	case "at":
		s.h.at = s.instant(rest)
	case "by":
		s.actor = council.Actor{}
		if rest != "host" {
			s.actor.Person = council.Code(rest)
		}
	case "key":
		s.key = rest
	case "tick":
		s.entries(s.h.tick(s.h.at))
	case "count":
		id, at, _ := strings.Cut(rest, " ")
		data, err := json.Marshal(s.h.m.Count(s.h.m.Below(council.Code(id)), council.Interval{}, s.instant(at)))
		require.NoError(s.h.t, err)
		s.say("%s", data)
	case "bulletin":
		p := s.h.m.Publications(council.Code(rest))[0]
		b, ok := s.h.m.Bulletin(p.Council, p.During, p.At)
		require.True(s.h.t, ok)
		require.Equal(s.h.t, p.Digest, b.Digest())
		s.say("%s", b.Bytes())
	default:
		do, err := council.DecodeDo(word, []byte(rest))
		require.NoError(s.h.t, err, line)
		o := s.h.try(council.Command{Key: s.key, Actor: s.actor, Do: do})
		s.key = ""
		if o.Replayed {
			s.say("as before: entry %d", o.Seq)
		}
		if o.Refusal != nil {
			s.say("refused: %s (%s)", o.Refusal.Text("en"), o.Refusal.Text("zh"))
		}
		s.entries(o.Entries)
	}
}

func (s *script) entries(list []council.Entry) {
	for _, e := range list {
		data, err := json.Marshal(e)
		require.NoError(s.h.t, err)
		s.say("%s", data)
	}
}

// TestStory: the recorded story is what the minutes answer today, its entries
// replay to the same state, and every fact is in it.
func TestStory(t *testing.T) {
	const file = "testdata/story.txt"
	golden, err := os.ReadFile(file)
	require.NoError(t, err)
	s := &script{h: fresh(t)}
	for line := range strings.Lines(string(golden)) {
		if strings.HasPrefix(line, "> ") {
			continue
		}
		s.out.WriteString(line)
		s.line(strings.TrimSuffix(line, "\n"))
	}
	s.say("state %s", s.h.m.Hash())
	if *record {
		require.NoError(t, os.WriteFile(file, []byte(s.out.String()), 0o644))
		golden = []byte(s.out.String())
	}
	require.Equal(t, string(golden), s.out.String())

	replay, facts := council.NewMinutes(nil), map[string]bool{}
	for line := range strings.Lines(string(golden)) {
		if text, ok := strings.CutPrefix(line, `> {"seq"`); ok {
			var e council.Entry
			require.NoError(t, json.Unmarshal([]byte(`{"seq"`+text), &e))
			require.NoError(t, replay.Apply(e))
			facts[council.FactName(e.Fact)] = true
		}
	}
	require.True(t, strings.HasSuffix(string(golden), fmt.Sprintf("> state %s\n", replay.Hash())))
	for _, f := range council.Facts() {
		require.True(t, facts[council.FactName(f)], "%s is missing from the story", council.FactName(f))
	}
}
