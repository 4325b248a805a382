package street_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/resource"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// councilFolder is wholeFolder with a block council that rises to a community's.
func councilFolder() fstest.MapFS {
	f := wholeFolder()
	delete(f, "commands.jsonl")
	set(f, "councils.csv", "code,name,area,quorum,pass,base,strict,abstain,rises_to\nblock,石一街区理事会,G1,2/3,1/2,到会,是,,community\ncommunity,牛湖联席会,NH,0/1,协商一致,,,,\n")
	set(f, "council_members.csv", "议事会,人员,身份,表决权\nblock,p1,红色网格牵头人,有\nblock,p2,居民,\ncommunity,p1,社区,\n")
	set(f, "meetings.csv", "id,council,at,present\nM1,block,2021-09-20 19:00,p1;p2\nM4,block,2021-09-21 19:00,2\nM2,block,2021-09-27 19:00,p1\nM3,community,2021-09-28 19:00,p1\n")
	set(f, "topics.csv", `id,meeting,title,yes,no,abstain,result,owner,due,state,done_at
T1,M1,清理空地,2,0,0,通过,station,2021-09-25,已处理,2021-09-24 10:00
T2,M1,加装路灯,,,,passed,station,2021-09-30,跟踪处理,
T3,M1,划停车位,1,1,,,station,2021-09-30,,
T4,M2,人数不足,1,,,,station,2021-09-30,,
T5,M1,康乐园,,,,,,,已上报,
T7,M4,无名册,2,0,0,,station,2021-09-30,,
T6,M3,例会议定,,,,passed,station,2021-10-08,,
`)
	set(f, "votes.csv", "topic,person,vote\nT2,p1,赞成\nT2,p2,赞成\n")
	return f
}

// The tables of councils are lived through like events: meetings sit, topics are
// decided by their votes, an inquorate meeting decides nothing, and says so.
func TestCouncilsAreLived(t *testing.T) {
	f, err := street.Load(councilFolder(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	store := journal.NewMemory()
	for range 2 { // the second time nothing happens again
		s, err := street.Open(t.Context(), f, store)
		require.NoError(t, err)
		require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
		var counts council.Counts
		states := map[street.Code]council.State{}
		require.NoError(t, s.Councils(t.Context(), func(m *council.Minutes) {
			counts = m.Count([]council.Code{"block", "community"}, council.Interval{}, f.Latest())
			for topic := range m.Topics("block") {
				states[topic.ID] = topic.State
			}
		}))
		require.Equal(t, map[street.Code]council.State{
			"T1": council.StateDone, "T2": council.StateTracking, "T3": council.StateFailed,
			"T4": council.StateRaised, "T5": council.StateRisen, "T7": council.StateTracking,
		}, states)
		require.Equal(t, 4, counts.Meetings)
		refused, err := s.Refused(t.Context())
		require.NoError(t, err)
		var got []string
		for _, x := range refused {
			got = append(got, x.Place()+" "+x.Code+" "+x.Text("zh"))
		}
		require.Equal(t, []string{
			"topics.csv:5:12 refused.no-quorum 会议M2未达法定人数：到会1人，至少要2人",
		}, got)
	}
}

func TestCouncilCommandsOfAFile(t *testing.T) {
	folder := councilFolder()
	set(folder, "commands.jsonl", `{"at":"2021-09-29 09:00","key":"k1","machine":"council","do":"done","person":"p1","post":"lead1","topic":"T2","result":"已装"}`+"\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	require.NoError(t, s.Councils(t.Context(), func(m *council.Minutes) {
		topic, ok := m.Topic("T2")
		require.True(t, ok)
		require.Equal(t, council.StateDone, topic.State)
	}))
}

func TestFaultsOfCouncilsHaveTheirPlace(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(f fstest.MapFS)
		place string
		code  string
	}{
		"quorum":        {func(f fstest.MapFS) { edit(f, "councils.csv", "2/3", "3/2") }, "councils.csv:2:18", "bad-ratio"},
		"pass":          {func(f fstest.MapFS) { edit(f, "councils.csv", "1/2", "half") }, "councils.csv:2:22", "bad-ratio"},
		"base":          {func(f fstest.MapFS) { edit(f, "councils.csv", "到会", "都") }, "councils.csv:2:26", "bad-choice"},
		"rises nowhere": {func(f fstest.MapFS) { edit(f, "councils.csv", ",,community", ",,street") }, "councils.csv:2:32", "unknown-council"},
		"rises to self": {func(f fstest.MapFS) { edit(f, "councils.csv", ",,community", ",,block") }, "councils.csv:2:32", "cycle"},
		"area":          {func(f fstest.MapFS) { edit(f, "councils.csv", "会,G1", "会,G9") }, "councils.csv:2:15", "unknown-area"},
		"twice":         {func(f fstest.MapFS) { edit(f, "councils.csv", "\ncommunity,", "\nblock,x,NH,1/2,1/2,,,,\ncommunity,") }, "councils.csv:3:1", "duplicate"},
		"member where":  {func(f fstest.MapFS) { edit(f, "council_members.csv", "block,p2", "street,p2") }, "council_members.csv:3:1", "unknown-council"},
		"member who":    {func(f fstest.MapFS) { edit(f, "council_members.csv", "block,p2", "block,p9") }, "council_members.csv:3:7", "unknown-person"},
		"present":       {func(f fstest.MapFS) { edit(f, "meetings.csv", "p1;p2", "p1;p9") }, "meetings.csv:2:27", "unknown-person"},
		"meeting twice": {func(f fstest.MapFS) {
			edit(f, "meetings.csv", "M2,", "M1,x")
			edit(f, "meetings.csv", "M1,x", "M1,")
			edit(f, "topics.csv", "T4,M2", "T4,M1")
		}, "meetings.csv:4:1", "duplicate"},
		"meeting when": {func(f fstest.MapFS) { edit(f, "meetings.csv", "2021-09-27 19:00", "soon") }, "meetings.csv:4:10", "bad-time"},
		"topic where":  {func(f fstest.MapFS) { edit(f, "topics.csv", "T4,M2", "T4,M9") }, "topics.csv:5:4", "unknown-meeting"},
		"topic twice":  {func(f fstest.MapFS) { edit(f, "topics.csv", "T4,", "T3,") }, "topics.csv:5:1", "duplicate"},
		"result alone": {func(f fstest.MapFS) { edit(f, "topics.csv", "T5,M1,康乐园,,,,", "T5,M1,康乐园,,,,通过") }, "topics.csv:6:11", "no-votes"},
		"votes":        {func(f fstest.MapFS) { edit(f, "topics.csv", "2,0,0", "2,-1,0") }, "topics.csv:2:14", "bad-number"},
		"vote on what": {func(f fstest.MapFS) { edit(f, "votes.csv", "T2,p2", "T9,p2") }, "votes.csv:3:1", "unknown-topic"},
		"vote how":     {func(f fstest.MapFS) { edit(f, "votes.csv", "p2,赞成", "p2,好") }, "votes.csv:3:7", "bad-choice"},
		"a key of its own": {func(f fstest.MapFS) {
			set(f, "commands.jsonl", `{"at":"2021-09-29 09:00","key":"topic:T2:done","machine":"council","do":"done","topic":"T2"}`+"\n")
		}, "commands.jsonl:1:32", "reserved-key"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := councilFolder()
			c.spoil(folder)
			_, err := street.Load(folder, options)
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			require.Len(t, load.Faults, 1, "%v", err)
			require.Equal(t, c.place+" "+c.code, load.Faults[0].Place()+" "+load.Faults[0].Code)
		})
	}
}

// The notice of a block shows its head, leads and council and what is missing; it
// never shows a personal number, and an old one can be shown again.
func TestNoticeOfAFolder(t *testing.T) {
	folder := councilFolder()
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "notices": {"网格": {"head": "lead", "council": true}},`)
	set(folder, "boards.csv", "区域,基本情况,治理目标,开始\nG1,出租屋多,干净整洁,2021-01-01\n")
	edit(folder, "people.csv", "p1,陈一,138 0000 1234,", "p1,陈一,13800001234,")
	edit(folder, "posts.csv", "duties_text", "public_contact,duties_text")
	edit(folder, "posts.csv", "2000.00,走访", "2000.00,0755-0000 0001,走访13800001234")
	edit(folder, "posts.csv", "houses:H25,,", "houses:H25,,,")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	at := time.Date(2021, 9, 28, 0, 0, 0, 0, f.Zone)
	n, err := s.Notice(t.Context(), "G1", at)
	require.NoError(t, err)
	require.Equal(t, "陈一", n.Head.Name)
	require.Equal(t, "0755-0000 0001", n.Head.Contact)
	require.Equal(t, "干净整洁", n.Goals)
	require.Len(t, n.Council, 2)
	require.NotContains(t, n.Text("zh"), "13800001234", "a number in a text is masked")
	require.False(t, n.Publishable(), "because the text holds the number")
	again, err := s.Notice(t.Context(), "G1", at)
	require.NoError(t, err)
	require.Equal(t, n.Hash(), again.Hash())
}

func TestOffersMeetNeeds(t *testing.T) {
	folder := wholeFolder()
	set(folder, "offers.csv", "编码,单位,类型,区域,数量\nO1,station,venue.hall,NH,2\n")
	set(folder, "needs.csv", "code,party,kind,area,from\nN1,squad,venue,G1,2021-09-01\nN2,squad,venue.hall,G2,\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	result := resource.Match(f.Resources, resource.Options{})
	require.Len(t, result.Needs, 2)
	for _, n := range result.Needs {
		require.Len(t, n.Taken, 1, n)
	}
	edit(folder, "needs.csv", "N2,squad", "N2,nobody")
	_, err = street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Equal(t, "needs.csv:3:4 unknown-party", load.Faults[0].Place()+" "+load.Faults[0].Code)
}

// Erasing a person's name and number changes no hash: a street goes on with the
// same journal, nothing is installed anew, and the chain holds.
func TestErasureKeepsTheJournal(t *testing.T) {
	folder := councilFolder()
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	store := journal.NewMemory()
	s, err := street.Open(t.Context(), f, store)
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	state := s.Hash()
	before, err := journal.Verify(t.Context(), store, "street")
	require.NoError(t, err)
	edit(folder, "people.csv", "p1,陈一,138 0000 1234,", "p1,已删除,,")
	erased, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Equal(t, f.Directory.Hash(), erased.Directory.Hash())
	require.Equal(t, f.Directory.Hash(), f.Directory.Erase("p1").Hash())
	again, err := street.Open(t.Context(), erased, store)
	require.NoError(t, err)
	require.NoError(t, again.Play(t.Context(), f.Latest(), nil))
	require.Equal(t, state, again.Hash())
	after, err := journal.Verify(t.Context(), store, "street")
	require.NoError(t, err)
	require.Equal(t, before, after, "not one record more")
	require.Equal(t, f.Directory.Registered("NH", party.ReportIn, f.Latest()), erased.Directory.Registered("NH", party.ReportIn, f.Latest()))
}

// A verb with a person of its own is given it, and the actor by "actor".
func TestPersonOfAVerb(t *testing.T) {
	folder := councilFolder()
	line := func(n int, do, rest string) string {
		return fmt.Sprintf(`{"at":"2021-09-2%d 19:00","key":"k%d","machine":"council","do":"%s",%s}`, n, n, do, rest) + "\n"
	}
	set(folder, "commands.jsonl", line(1, "seat", `"council":"block","person":"p2","capacity":"居民","vote":true`)+
		line(2, "unseat", `"council":"block","person":"p2"`)+
		`{"at":"2021-09-28 19:00","key":"join","machine":"rounds","do":"join","plan":"P","team":"T","person":"p1","actor":{"person":"p1","post":"lead1"}}`+"\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	own := f.Commands[len(f.Commands)-3:]
	require.Equal(t, council.Seat{Council: "block", Person: "p2", Capacity: "居民", Vote: true}, own[0].Command.Council)
	require.Equal(t, street.Actor{}, own[0].Command.Actor)
	require.Equal(t, council.Unseat{Council: "block", Person: "p2"}, own[1].Command.Council)
	require.Equal(t, rounds.Join{Plan: "P", Team: "T", Person: "p1"}, own[2].Command.Rounds)
	require.Equal(t, street.Actor{Person: "p1", Post: "lead1"}, own[2].Command.Actor)
}

// No verb has a field that the line itself takes, but for the person and post of
// the actor, and the instant of a visit, which is that of its line.
func TestFieldsOfVerbsAreFree(t *testing.T) {
	for _, v := range street.Verbs() {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v.Zero)) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if string(v.Machine)+" "+v.Name+" "+name == "rounds visit at" {
				continue
			}
			require.NotContains(t, []string{"at", "key", "machine", "do", "actor", "expect", "with"}, name, v.Name)
		}
	}
}

// Who sits on a council by the minutes is a member of it for the structure rules,
// while the seat lasts; by the posts of the folder alone nobody is.
func TestStructureSeesSeats(t *testing.T) {
	folder := councilFolder()
	edit(folder, "council_members.csv", "block,p1,红色网格牵头人,有", "block,p1,红色网格牵头人,有,2021-09-01,2021-10-10")
	edit(folder, "council_members.csv", "表决权", "表决权,开始,结束")
	edit(folder, "council_members.csv", "p2,居民,", "p2,居民,,2021-09-01,")
	edit(folder, "council_members.csv", "p1,社区,", "p1,社区,,,")
	set(folder, "structure.json", `{"rules": [{"id": "lead-in-council", "role": "lead", "per": "area:网格", "same_as": "council-member"}]}`)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	require.Len(t, f.AuditStructure(f.Latest()), 1)
	seen, err := s.AuditStructure(t.Context(), f.Latest())
	require.NoError(t, err)
	require.Empty(t, seen)
	seen, err = s.AuditStructure(t.Context(), time.Date(2021, 10, 11, 0, 0, 0, 0, f.Zone))
	require.NoError(t, err)
	require.Len(t, seen, 1)
	require.Equal(t, "lead-in-council：G1、牵头人（lead1）：陈一（p1）任lead，但不是同一单位的council-member（自2021-10-10起）", seen[0].Text("zh"))
}

// A topic of no meeting is one fault; the votes on it are none.
func TestVotesOnATopicWithoutItsMeeting(t *testing.T) {
	folder := councilFolder()
	set(folder, "meetings.csv", strings.Replace(string(folder["meetings.csv"].Data), "M1,", "M9,", 1))
	_, err := street.Load(folder, options)
	require.ErrorContains(t, err, "topics.csv:3:4")
	require.NotContains(t, err.Error(), "votes.csv")
}
