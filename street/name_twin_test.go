package street

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
)

// argumentOf is what an argument is a code of, from the words with which the code of the
// refusal names it.
func argumentOf(words string) argument {
	words = strings.TrimSpace(words)
	for _, w := range []struct {
		pattern string
		kind    argument
	}{
		{`^name of`, ""},
		{`person or post`, argWho},
		{`topic or|or topic|\btopic$`, argTopic},
		{`\bperson\b`, argPerson},
		{`^post$`, argPost},
		{`\b(community|area|squad)\b`, argScope},
		{`^(party|body|rectifier|who)\b`, argParty},
		{`\bcouncil\b|^one that rises`, argCouncil},
		{`^line\b`, argFund},
		{`^matter$`, argMatter},
	} {
		if regexp.MustCompile(w.pattern).MatchString(words) {
			return w.kind
		}
	}
	return ""
}

// Every argument of every refusal that its code calls a party, a post, a person and so on
// is named as one, and no other is.
func TestArgumentsOfRefusalsAreWhatTheirCodesSay(t *testing.T) {
	for _, of := range []struct {
		machine Machine
		file    string
		codes   []string
	}{
		{DeskMachine, "../dispatch/refusal_codes.go", dispatch.RefusalCodes()}, {BookMachine, "../finance/refusal.go", finance.RefusalCodes()},
		{CouncilMachine, "../party/council/refusal.go", council.RefusalCodes()}, {RoundsMachine, "../party/rounds/refusal.go", rounds.RefusalCodes()},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), of.file, nil, parser.ParseComments)
		require.NoError(t, err)
		said := map[string]string{}
		ast.Inspect(file, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 && v.Comment != nil {
				if text, ok := v.Values[0].(*ast.BasicLit); ok {
					code, err := strconv.Unquote(text.Value)
					require.NoError(t, err)
					said[code] = v.Comment.Text()
				}
			}
			return true
		})
		for _, code := range of.codes {
			require.Contains(t, said, code)
			text, _, _ := strings.Cut(said[code], ":")
			var want []argument
			for _, words := range strings.Split(text, ",") {
				if want = append(want, argumentOf(words)); strings.HasPrefix(strings.TrimSpace(words), "name of") {
					want[len(want)-2] = "" // the refusal names it itself
				}
			}
			for len(want) > 0 && want[len(want)-1] == "" {
				want = want[:len(want)-1]
			}
			require.True(t, slices.Equal(want, refusalArgs[of.machine][code]), "%s %s: %s, not %v", of.machine, code, said[code], refusalArgs[of.machine][code])
		}
		for code := range refusalArgs[of.machine] {
			require.Contains(t, of.codes, code, of.machine)
		}
	}
}
