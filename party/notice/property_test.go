package notice_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
)

// phones are personal numbers by who has which: one of every kind.
var phones = []string{"13800138001", "+86 138 0013 8002", "0755-28001235", "28001236", "010-62001237", "61234", "1380013800111"}

// spelled is a number as an office may type it.
func spelled(t *rapid.T, number string) string {
	switch rapid.IntRange(0, 4).Draw(t, "spelling") {
	case 0:
		return strings.NewReplacer("-", "", " ", "", "+", "").Replace(number)
	case 1:
		return strings.NewReplacer("0", "０", "1", "１", "3", "３", "8", "８").Replace(number)
	case 2: // with a separator after each third digit, if it is long enough to be found so
		var b strings.Builder
		for i, r := range number {
			b.WriteRune(r)
			if i%3 == 2 && i+1 < len(number) && len(number) > 6 {
				b.WriteString(rapid.SampledFrom([]string{" ", "-", "（", " - ", "\u200b", "\n"}).Draw(t, "gap"))
			}
		}
		return b.String()
	case 3:
		return "电话" + number + "转1"
	}
	return number
}

// TestNobodysNumberIsShown plants personal numbers in every text there is but the
// names, spelled in many ways, and reads none of them back.
func TestNobodysNumberIsShown(t *testing.T) { rapid.Check(t, nobodysNumberIsShown) }

func FuzzNobodysNumberIsShown(f *testing.F) { f.Fuzz(rapid.MakeFuzz(nobodysNumberIsShown)) }

func nobodysNumberIsShown(t *rapid.T) {
	w := newWorld()
	for i := range w.plan.People {
		w.plan.People[i].Phone = rapid.SampledFrom(phones).Draw(t, "phone")
		w.plan.People[i].Consent = rapid.IntRange(0, 3).Draw(t, "consent") == 0
	}
	planted := false
	plant := func(s *string) {
		if rapid.IntRange(0, 3).Draw(t, "plant") == 0 {
			*s += "：" + spelled(t, rapid.SampledFrom(phones).Draw(t, "number"))
			planted = true
		}
	}
	for i := range w.plan.Posts {
		p := &w.plan.Posts[i]
		for _, s := range []*string{&p.Name, &p.Public, &p.Duties} {
			plant(s)
		}
	}
	for i := range w.units {
		plant(&w.units[i].Name)
		for key, text := range w.units[i].Attrs {
			plant(&text)
			w.units[i].Attrs[key] = text
		}
	}
	plant(&w.boards[0].Facts)
	plant(&w.boards[0].Goals)
	for i := range w.in.Terms {
		plant(&w.in.Terms[i].En)
		plant(&w.in.Terms[i].Zh)
	}
	capacity := "居民"
	plant(&capacity)
	w.in.Council = func(area notice.Code, at time.Time) []notice.Seat {
		return []notice.Seat{{Person: "p1", Capacity: capacity}}
	}
	in := w.input(t)
	n := notice.Build(in, "dahe.old", day(rapid.IntRange(1, 28).Draw(t, "day")))
	data, err := json.Marshal(n)
	require.NoError(t, err)
	for _, text := range []string{string(data), n.Text("zh"), n.Text("en")} {
		for _, p := range w.plan.People {
			if !p.Consent {
				requireHidden(t, text, p.Phone)
			}
		}
	}
	if !planted {
		require.NotContains(t, kinds(n), notice.PersonalNumber)
	}
}

// TestErasedNumbersStayHidden: what was hidden while its owner was known stays so once
// he is erased, and so does a resident's mobile number that nobody ever registered.
func TestErasedNumbersStayHidden(t *testing.T) { rapid.Check(t, erasedNumbersStayHidden) }

func FuzzErasedNumbersStayHidden(f *testing.F) { f.Fuzz(rapid.MakeFuzz(erasedNumbersStayHidden)) }

func erasedNumbersStayHidden(t *rapid.T) {
	w := newWorld()
	const stranger = "13912345678"
	phone := rapid.SampledFrom(phones).Draw(t, "phone")
	w.plan.People[0].Phone = phone
	w.plan.People[0].Consent = rapid.Bool().Draw(t, "consent")
	p := rapid.SampledFrom([]*party.Post{&w.plan.Posts[0], &w.plan.Posts[4]}).Draw(t, "post")
	for _, s := range []*string{&p.Name, &p.Public, &p.Duties} {
		*s += "：" + spelled(t, phone)
	}
	mobile := rapid.SampledFrom(append(phones[:2:2], stranger)).Draw(t, "mobile")
	w.boards[0].Facts += "联系" + spelled(t, mobile)
	in := w.input(t)
	hash := in.Directory.Hash()
	in.Directory = in.Directory.Erase("p1")
	require.Equal(t, hash, in.Directory.Hash())
	n := notice.Build(in, "dahe.old", day(20))
	data, err := json.Marshal(n)
	require.NoError(t, err)
	for _, text := range []string{string(data), n.Text("zh"), n.Text("en")} {
		requireHidden(t, text, phone)
		requireHidden(t, text, mobile)
	}
	for post := range in.Directory.Posts() {
		requireHidden(t, post.Name+"；"+post.Public+"；"+post.Duties, phone)
	}
	require.Contains(t, kinds(n), notice.PersonalNumber)
}

// requireHidden reads a text as somebody who looks for a number in it would.
func requireHidden(t *rapid.T, text, phone string) {
	narrow := strings.NewReplacer("０", "0", "１", "1", "３", "3", "８", "8")
	bare := strings.NewReplacer("-", "", " ", "", "+", "", "（", "", "(", "", ")", "", "\u200b", "", "\n", "", `\n`, "")
	number := bare.Replace(phone)
	text = narrow.Replace(text)
	if len(number) >= 7 {
		require.NotContains(t, bare.Replace(text), number)
		return
	}
	groups := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	require.NotContains(t, groups, number)
}

func TestWhatIsNotPrivateIsShown(t *testing.T) {
	const open = "0755-28001000；2022-05-20；110；61235；粤B61234号楼3120"
	n := block(t, func(w *world) {
		w.plan.People[0].Phone, w.plan.People[1].Phone = "110", "20220521"
		w.plan.People[2].Phone = "010-12345678"
		w.plan.Posts[0].Duties, w.plan.Posts[4].Public = open, "13800138004"
	})
	require.Equal(t, open, n.Head.Duties)
	require.Equal(t, "13800138004", n.Staff[0].Contact, "its owner consented")
	require.Empty(t, n.Missing)
	for contact, want := range map[string]string{
		"110": "***", "138 0013 8002": "*** **** **02", "２８００１２３５": "******３５", "28001235, 13800138003": "******35, *********03",
		"62001237": "******37", "13800138005": "*********05", "010-62001237": "***-******37",
	} {
		n = block(t, func(w *world) {
			w.plan.People[0].Phone = "110"
			w.plan.People = append(w.plan.People, party.Person{Code: "p7", Phone: "010-62001237"}, party.Person{Code: "p8", Phone: "+86 138 0013 8005"})
			w.plan.Posts[4].Public = contact
		})
		require.Equal(t, want, n.Staff[0].Contact)
		require.Equal(t, []notice.MissingKind{notice.PersonalNumber}, kinds(n))
	}
}

// TestPeopleEqualAWalk compares who is on the board with loops over the plan, and
// proves that neither the plan's order nor All changes it.
func TestPeopleEqualAWalk(t *testing.T) { rapid.Check(t, peopleEqualAWalk) }

func FuzzPeopleEqualAWalk(f *testing.F) { f.Fuzz(rapid.MakeFuzz(peopleEqualAWalk)) }

func drawPlan(t *rapid.T, w *world) {
	codes := []party.Code{"head", "head2", "vice", "lead1", "lead2", "clerk"}
	w.plan.Posts = append(w.plan.Posts, party.Post{Code: "head2", Party: "station", Name: "副", Role: "block-head", Area: "dahe.old"})
	for i := range w.plan.Posts {
		w.plan.Posts[i].Quota = rapid.IntRange(0, 3).Draw(t, "quota")
	}
	w.plan.Posts[4].Deputy = "vice"
	if rapid.Bool().Draw(t, "station") {
		w.plan.Parties[1].During = party.Interval{Until: day(rapid.IntRange(2, 9).Draw(t, "until"))}
	}
	w.plan.Appointments = nil
	for range rapid.IntRange(0, 9).Draw(t, "appointments") {
		start := rapid.IntRange(1, 8).Draw(t, "from")
		w.plan.Appointments = append(w.plan.Appointments, party.Appointment{
			Person: w.plan.People[rapid.IntRange(0, 5).Draw(t, "person")].Code, Post: rapid.SampledFrom(codes).Draw(t, "post"),
			Kind:   rapid.SampledFrom([]party.AppointmentKind{"", party.Resident, party.Mobile, party.PartTime, party.Volunteer}).Draw(t, "kind"),
			During: party.Interval{From: day(start), Until: day(start + rapid.IntRange(1, 4).Draw(t, "days"))},
		})
	}
}

func peopleEqualAWalk(t *rapid.T) {
	w := newWorld()
	drawPlan(t, &w)
	at := day(rapid.IntRange(1, 12).Draw(t, "at"))
	in := w.input(t)
	n := notice.Build(in, "dahe.old", at)
	require.Empty(t, cmp.Diff([]notice.Notice{n, notice.Build(in, "dahe.new", at)}, sortedByArea(slices.Collect(notice.All(in, at)))))
	w.plan.Appointments = rapid.Permutation(w.plan.Appointments).Draw(t, "order")
	w.plan.Posts = rapid.Permutation(w.plan.Posts).Draw(t, "posts")
	require.Empty(t, cmp.Diff(n, notice.Build(w.input(t), "dahe.old", at)))

	name := func(post party.Code) string { // as the directory answers it
		person, ok := in.Directory.Holder(post, at)
		if !ok {
			return ""
		}
		p, _ := in.Directory.Person(person)
		return p.Name
	}
	appointed := func(post party.Code) bool {
		return slices.ContainsFunc(w.plan.Appointments, func(a party.Appointment) bool { return a.Post == post && a.During.Holds(at) })
	}
	state := func(post party.Code) notice.State {
		switch {
		case appointed(post):
			return notice.Held
		case name(post) != "":
			return notice.Acting
		}
		return notice.Vacant
	}
	head := party.Code("head")
	if in.Directory.Active("head2", at) && (state("head2") == notice.Held && state("head") != notice.Held) {
		head = "head2" // which has no deputy
	}
	require.Equal(t, fmt.Sprint(head, name(head), state(head)), fmt.Sprint(n.Head.Post, n.Head.Name, n.Head.State))
	for i, post := range []party.Code{"lead1", "lead2"} {
		require.Equal(t, fmt.Sprint(post, name(post), state(post)), fmt.Sprint(n.Leads[i].Post, n.Leads[i].Name, n.Leads[i].State))
	}
	staff, vacant := walkStaff(w.plan, at, in.Directory, state("clerk") == notice.Acting)
	var got []string
	places := 0
	for _, p := range n.Staff {
		if p.State == notice.Vacant {
			places += p.Places
		} else {
			got = append(got, p.Name)
		}
	}
	slices.Sort(got)
	require.Equal(t, fmt.Sprint(staff, vacant), fmt.Sprint(got, places))
	require.Equal(t, vacant > 0, slices.Contains(kinds(n), notice.VacantPost))
}

func walkStaff(p party.Plan, at time.Time, d *party.Directory, acting bool) (names []string, vacant int) {
	if !d.Active("clerk", at) {
		return nil, 0
	}
	for _, person := range p.People {
		best := party.AppointmentKind("none") // the kind the directory prefers
		for a := range d.Appointments("clerk") {
			if a.Person == person.Code && a.During.Holds(at) && best == "none" {
				best = a.Kind
			}
		}
		if best == "" || best == party.Resident || best == party.Mobile {
			names = append(names, person.Name)
		}
	}
	if acting {
		who, _ := d.Holder("clerk", at)
		person, _ := d.Person(who)
		names = append(names, person.Name)
	}
	slices.Sort(names)
	i := slices.IndexFunc(p.Posts, func(x party.Post) bool { return x.Code == "clerk" })
	return names, max(0, max(1, p.Posts[i].Quota)-len(names))
}

func sortedByArea(list []notice.Notice) []notice.Notice {
	slices.SortFunc(list, func(a, b notice.Notice) int { return strings.Compare(string(b.Area), string(a.Area)) })
	return list
}

// TestDiffIsWhatTheBoardShows: no change exactly when the boards read alike, and
// the way back is the same changes turned round.
func TestDiffIsWhatTheBoardShows(t *testing.T) { rapid.Check(t, diffIsWhatTheBoardShows) }

func FuzzDiff(f *testing.F) { f.Fuzz(rapid.MakeFuzz(diffIsWhatTheBoardShows)) }

func diffIsWhatTheBoardShows(t *rapid.T) {
	w := newWorld()
	drawPlan(t, &w)
	in := w.input(t)
	a := notice.Build(in, "dahe.old", day(rapid.IntRange(1, 12).Draw(t, "a")))
	b := notice.Build(in, "dahe.old", day(rapid.IntRange(1, 12).Draw(t, "b")))
	forth, back := notice.Diff(a, b), notice.Diff(b, a)
	for i := range back {
		back[i].Old, back[i].New, back[i].Gone, back[i].Came = back[i].New, back[i].Old, back[i].Came, back[i].Gone
	}
	require.Empty(t, cmp.Diff(forth, back))
	read := func(n notice.Notice) string {
		n.At, n.Missing = time.Time{}, nil
		n.Staff = slices.Clone(n.Staff)
		slices.SortFunc(n.Staff, func(a, b notice.Posting) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		return n.Text("zh")
	}
	require.Equal(t, read(a) == read(b), len(forth) == 0, forth)
}

// TestDiffSeesEveryField spoils each field of a notice in turn.
func TestDiffSeesEveryField(t *testing.T) {
	for name, c := range map[string]struct {
		part  notice.Part
		spoil func(*notice.Notice)
	}{
		"name":       {notice.PartArea, func(n *notice.Notice) { n.Name = "x" }},
		"level":      {notice.PartArea, func(n *notice.Notice) { n.Level.Zh = "x" }},
		"path":       {notice.PartArea, func(n *notice.Notice) { n.Path[0].Name = "x" }},
		"count":      {notice.PartFact, func(n *notice.Notice) { n.Facts[0].Number++ }},
		"attribute":  {notice.PartFact, func(n *notice.Notice) { n.Facts[2].Text = "x" }},
		"about":      {notice.PartFact, func(n *notice.Notice) { n.About = "" }},
		"goals":      {notice.PartGoals, func(n *notice.Notice) { n.Goals = "x" }},
		"head":       {notice.PartHead, func(n *notice.Notice) { n.Head.Name = "x" }},
		"nameless":   {notice.PartHead, func(n *notice.Notice) { n.Head.Nameless = true }},
		"title":      {notice.PartTitle, func(n *notice.Notice) { n.Head.Title = "x" }},
		"duties":     {notice.PartDuties, func(n *notice.Notice) { n.Head.Duties = "x" }},
		"contact":    {notice.PartContact, func(n *notice.Notice) { n.Leads[0].Contact = "x" }},
		"lead":       {notice.PartLead, func(n *notice.Notice) { n.Leads[1].Name = "x" }},
		"lead kind":  {notice.PartLead, func(n *notice.Notice) { n.Leads[1].Kind = party.Mobile }},
		"grid":       {notice.PartArea, func(n *notice.Notice) { n.Leads[1].AreaName = "x" }},
		"staff":      {notice.PartStaff, func(n *notice.Notice) { n.Staff = n.Staff[1:] }},
		"staff kind": {notice.PartStaff, func(n *notice.Notice) { n.Staff[0].Kind = party.Mobile }},
		"vacant":     {notice.PartVacant, func(n *notice.Notice) { n.Staff[1].State, n.Staff[1].Places = notice.Vacant, 3 }},
		"acting":     {notice.PartActing, func(n *notice.Notice) { n.Head.State, n.Head.Deputy = notice.Acting, "vice" }},
		"council":    {notice.PartCouncil, func(n *notice.Notice) { n.Council[2].Name = "何小婷" }},
		"namesake":   {notice.PartCouncil, func(n *notice.Notice) { n.Council = append(n.Council, n.Council[0]) }},
		"capacity":   {notice.PartCouncil, func(n *notice.Notice) { n.Council[2].Capacity = "x" }},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := block(t, func(*world) {}), block(t, func(*world) {})
			require.Empty(t, notice.Diff(a, b))
			c.spoil(&b)
			require.True(t, slices.ContainsFunc(notice.Diff(a, b), func(x notice.Change) bool { return x.Part == c.part }), notice.Diff(a, b))
		})
	}
}

// Two numbers in one field are both kept off, and so is a landline that was given
// with the country's code, written as it is at home.
func TestNumbersAsTheyAreWritten(t *testing.T) {
	for phone, shown := range map[string]string{
		"13800138001/13900139001": "13800138001", "13800138001、13900139001": "13900139001",
		"13700137001": "137，0013，7001", "13700137002": "一三七零零一三七〇〇二", "13700137003": "幺叁柒零零幺叁柒零零叁", "13700137004": "١٣٧٠٠١٣٧٠٠٤",
		"+86-10-65001235": "010-65001235", "0086 755 2900 1235": "0755-29001235", "86 13800138001": "138 0013 8001",
	} {
		from := party.Interval{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
		d, err := party.NewDirectory(nil, party.Plan{
			Parties:      []party.Party{{Code: "a"}},
			People:       []party.Person{{Code: "p", Name: "陈一", Phone: phone}},
			Posts:        []party.Post{{Code: "head", Party: "a", Role: "head", Area: "U", Public: shown}},
			Appointments: []party.Appointment{{Person: "p", Post: "head", During: from}},
		})
		require.NoError(t, err)
		m, err := grid.Build([]grid.Unit{{Code: "U", Boundary: orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}}}}, grid.Options{Levels: []string{"block"}})
		require.NoError(t, err)
		n := notice.Build(notice.Input{Directory: d, Map: m, Rules: map[string]notice.Rule{"block": {Head: "head"}}}, "U", from.From)
		require.NotContains(t, n.Text("en"), shown, phone)
		require.NotEqual(t, shown, n.Head.Contact, phone)
	}
}

// An area of a level without a rule has no section for a head, and that there is no
// rule is said; with one, nobody means vacant.
func TestNoRuleForTheLevel(t *testing.T) {
	d, err := party.NewDirectory(nil, party.Plan{Parties: []party.Party{{Code: "a"}}})
	require.NoError(t, err)
	m, err := grid.Build([]grid.Unit{{Code: "U", Boundary: orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}}}}, grid.Options{Levels: []string{"block"}})
	require.NoError(t, err)
	for level, want := range map[string]bool{"community": false, "block": true} {
		n := notice.Build(notice.Input{Directory: d, Map: m, Rules: map[string]notice.Rule{level: {Head: "head"}}}, "U", day(1))
		require.Equal(t, want, strings.Contains(n.Text("en"), "Head"), n.Text("en"))
		require.NotEmpty(t, n.Missing)
	}
}
