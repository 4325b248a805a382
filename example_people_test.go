package gridgov_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/roster"
	"github.com/gridgov/gridgov/street"
)

// The lines of the README about duty: who answers in a grid on the night of a swap.
func Example_onDuty() {
	folder, _ := street.Load(os.DirFS("examples/street/places/guanlan"), street.LoadOptions{Zone: time.LoadLocation})
	at, _ := folder.ParseTime("2022-05-20 22:00")
	duty := folder.Directory.OnDuty("DF-DUTY", at) // a post, a party or a unit of the map
	for _, step := range duty.Steps {
		fmt.Println(step.Text("en"))
	}
	gaps, _ := folder.Directory.Roster().Check(roster.Rules{Manned: true, Longest: 14 * time.Hour}, at, at.AddDate(0, 1, 0))
	fmt.Println(duty.Person, len(gaps))
	// Output:
	// DF-DUTY: DF-P5 is on shift
	// DF-P5 0
}

// The lines of the README about councils: a vote decided in integers.
func Example_vote() {
	minutes, at := council.NewMinutes(nil), time.Date(2022, 5, 20, 19, 0, 0, 0, time.UTC)
	do := func(verbs ...council.Do) {
		for _, verb := range verbs {
			out, err := minutes.Decide(at, council.Command{Do: verb})
			if err != nil || out.Refusal != nil {
				fmt.Println(err, out.Refusal)
			}
			for _, e := range out.Entries {
				_ = minutes.Apply(e) // a host keeps e in its journal first
			}
		}
	}
	rules := council.Rules{
		Way: council.ByVote, Quorum: council.Ratio{Num: 2, Den: 3}, Pass: council.Ratio{Num: 1, Den: 2, Above: true},
		Base: council.BasePresent, Abstain: council.AbstainAgainst, Tie: council.TieFails, Follow: 7, Source: "charter, article 3",
	}
	do(council.Found{Council: "block", Name: "Block council", Area: "G1", Level: "block", Kind: council.KindCouncil, Rules: rules})
	for _, person := range []council.Code{"an", "bo", "chen"} {
		do(council.Seat{Council: "block", Person: person, Capacity: "resident", Vote: true})
	}
	do(council.Convene{Meeting: "m", Council: "block", For: at},
		council.Open{Meeting: "m", Present: []council.Code{"an", "bo", "chen"}},
		council.Raise{Topic: "lamp", Council: "block", Title: "street lamps", Meeting: "m"},
		council.Vote{Topic: "lamp", Person: "an", Choice: council.Yes},
		council.Vote{Topic: "lamp", Person: "bo", Choice: council.Yes},
		council.Resolve{Topic: "lamp", Owner: "station", Due: at.AddDate(0, 0, 14)})
	topic, _ := minutes.Topic("lamp")
	fmt.Println(topic.State, topic.Decided.Count.Yes, "of", topic.Decided.Of, "needed", topic.Decided.Needed)
	// Output: tracking 2 of 3 needed 2
}

// The README shows the examples as they stand here.
func TestReadmeShowsTheExamples(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for file, functions := range map[string][]string{"example_test.go": {"Example"}, "example_people_test.go": {"Example_onDuty", "Example_vote"}} {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, name := range functions {
			_, body, ok := strings.Cut(string(source), "func "+name+"() {\n")
			require.True(t, ok, name)
			body, _, _ = strings.Cut(body, "\t// Output")
			var lines []string
			for line := range strings.Lines(body) {
				lines = append(lines, strings.TrimPrefix(line, "\t"))
			}
			require.Contains(t, string(readme), "```go\n"+strings.Join(lines, ""), name)
		}
	}
}
