package street_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/notice"
	"github.com/gridgov/gridgov/party/roster"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/party/structure"
	"github.com/gridgov/gridgov/street"
)

// namedFolder has a name for everything that can have one; one person's holds a number
// that is not to be shown.
func namedFolder() *street.Folder {
	folder := wholeFolder()
	edit(folder, "people.csv", "p1,陈一,", "p1,陈一 13800001234,")
	set(folder, "councils.csv", "code,name,area,level,kind,quorum,pass\nC1,一号议事会,G1,block,council,1/2,1/2\n")
	f, err := street.Load(folder, options)
	if err != nil {
		panic(err)
	}
	return f
}

func TestNamesOfAFolder(t *testing.T) {
	f := namedFolder()
	for lang, brackets := range map[string][2]string{"en": {" (", ")"}, "zh": {"（", "）"}} {
		n := f.Names(lang)
		for _, c := range []struct{ got, name, code string }{
			{n.Post("lead1"), "牵头人", "lead1"}, {n.Person("p2"), "林二", "p2"}, {n.Area("S"), "服务站", "S"}, {n.Council("C1"), "一号议事会", "C1"},
			{n.Office("lead1"), "牵头人", "lead1"},
		} {
			require.Equal(t, c.name+brackets[0]+c.code+brackets[1], c.got)
		}
		require.Equal(t, "nobody", n.Person("nobody"))
		require.Equal(t, "", n.Party(""))
		require.NotContains(t, n.Person("p1"), "1380000", "a number in a name is masked")
		require.Contains(t, n.Person("p1"), "陈一")
		erased := *f
		erased.Directory = f.Directory.Erase("p2")
		require.Equal(t, "p2", erased.Names(lang).Person("p2"), "an erased person has no name")
	}
	var none street.Folder
	require.Equal(t, "p1", none.Names("zh").Person("p1"), "a folder without people")
}

// What names say is what the value says by itself, but for the names.
func namesProperty(t *rapid.T, f *street.Folder) {
	lang := rapid.SampledFrom([]string{"en", "zh"}).Draw(t, "lang")
	n := f.Names(lang)
	known := []string{"squad", "station", "lead1", "captain", "p1", "p2", "G1", "S", "NH", "waste", "light", "C1", "nowhere", "E7"}
	code := rapid.SampledFrom(known)
	var labels []string
	for _, c := range known {
		code := street.Code(c)
		for _, text := range []string{n.Party(code), n.Post(code), n.Person(code), n.Area(code), n.Matter(code), n.Council(code)} {
			if text != c {
				labels = append(labels, text, c)
			}
		}
	}
	plain := strings.NewReplacer(labels...)
	draw := func(label string) street.Code { return street.Code(code.Draw(t, label)) }
	at := time.Date(2021, 9, 28, 4, 0, 0, 0, time.UTC)

	machine := rapid.SampledFrom([]street.Machine{street.DeskMachine, street.BookMachine, street.CouncilMachine, street.RoundsMachine}).Draw(t, "machine")
	codes := map[street.Machine][]string{
		street.DeskMachine: dispatch.RefusalCodes(), street.BookMachine: finance.RefusalCodes(), street.CouncilMachine: council.RefusalCodes(), street.RoundsMachine: rounds.RefusalCodes(),
	}[machine]
	refusal := street.Refusal{By: machine, Code: rapid.SampledFrom(codes).Draw(t, "code"), Args: rapid.SliceOfN(code, 0, 4).Draw(t, "args")}
	args := strings.Join(refusal.Args, " ")
	said := n.Refusal(refusal)
	require.Equal(t, refusal.Text(lang), plain.Replace(said))
	require.Equal(t, args, strings.Join(refusal.Args, " "), "the refusal keeps its codes")
	if machine == street.DeskMachine && refusal.Code == dispatch.RefusedNotOfParty && len(refusal.Args) > 2 {
		require.Contains(t, said, n.Person(street.Code(refusal.Args[1])))
		require.Contains(t, said, n.Office(street.Code(refusal.Args[2])))
	}

	step := party.Step{Post: draw("post"), Person: draw("person"), Why: rapid.SampledFrom([]string{party.DutyOnShift, party.DutyLeave, party.DutyOffice}).Draw(t, "why")}
	require.Equal(t, step.Text(lang), plain.Replace(n.Duty(step)))
	v := structure.Violation{Kind: rapid.SampledFrom(structure.ViolationKinds()).Draw(t, "kind"), Area: draw("area"), Post: draw("v post"), Person: draw("v person"), Args: []string{"areas", "x"}}
	require.Equal(t, v.Text(lang), plain.Replace(n.Violation(v)))
	m := notice.Missing{Kind: rapid.SampledFrom(notice.MissingKinds()).Draw(t, "missing"), Area: draw("m area"), Post: draw("m post")}
	require.Equal(t, m.Text(lang), plain.Replace(n.Missing(m)))
	shift := roster.Finding{Code: "double_booked", Person: draw("f person"), Post: draw("f post"), Other: draw("other"), From: at, Until: at}
	require.Equal(t, shift.Text(lang, f.Zone), plain.Replace(n.Shift(shift)))
	told := dispatch.Notice{Case: "E7", To: draw("to"), Why: rapid.SampledFrom([]string{"assigned", "dispatched", "case_closed"}).Draw(t, "told")}
	require.Equal(t, told.Text(lang), plain.Replace(n.Notice(told)))
	if told.Why == "case_closed" {
		require.Equal(t, told.Text(lang), n.Notice(told), "a reporter keeps its code")
	}
	area, _ := f.Map.Lookup(street.Code(rapid.SampledFrom([]string{"G1", "G2", "NH", "S"}).Draw(t, "at")))
	x := f.List.Explain(dispatch.Query{Matter: draw("matter"), Area: area, At: at})
	require.Equal(t, f.LocalTimes(x.Text(lang)), plain.Replace(n.Explanation(x)))
}

func TestNamesSayNothingElse(t *testing.T) {
	f := namedFolder()
	rapid.Check(t, func(t *rapid.T) { namesProperty(t, f) })
}

func FuzzNames(f *testing.F) {
	folder := namedFolder()
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { namesProperty(t, folder) }))
}

// Why and refusals show names, and keep the codes.
func TestWhyAndRefusalsShowNames(t *testing.T) {
	folder := wholeFolder()
	set(folder, "commands.jsonl", `{"at":"2021-09-29 10:00","key":"k1","machine":"desk","do":"assign","case":"E1","people":[{"person":"p2"}],"post":"lead1"}`+"\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Len(t, refused, 1)
	require.Equal(t, "林二（p2）没有10分钟以内的定位，不能派往案件E1", refused[0].Text("zh"))
	require.Equal(t, "林二 (p2) has no position younger than 10 minutes for case E1", refused[0].Text("en"))
	why, err := s.Why("E1", "zh")
	require.NoError(t, err)
	for _, line := range []string{
		"当前责任单位：网格队（squad）", "漏收（waste.missed），G1：网格队（squad）/牵头人（lead1） 主办，依据规则 R2",
		"  R1（主办，社区工作站（station））让位于 R2，比较事项层级",
	} {
		require.Contains(t, strings.Split(why, "\n"), line)
	}
	held, err := s.WhyHeld(t.Context(), "E1", f.Latest(), "en")
	require.NoError(t, err)
	require.Contains(t, held, "\n  网格队 (squad), dispatched: 30m;")
	told, err := s.Told(t.Context(), "E1")
	require.NoError(t, err)
	var said []string
	for _, n := range told {
		said = append(said, f.Names("zh").Notice(n))
	}
	require.Contains(t, said, "通知网格队（squad）：案件E1已派遣")
	none, err := s.Told(t.Context(), "nothing")
	require.NoError(t, err)
	require.Empty(t, none)
}
