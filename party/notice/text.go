package notice

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/phrase"
	"github.com/gridgov/gridgov/party"
)

var textPhrases = phrase.Catalog{
	"heading":               {"Notice of {0}", "{0}公示牌"},
	"as-of":                 {"As of {0}", "截至{0}"},
	"facts":                 {"Facts", "基本情况"},
	"goals":                 {"Goals", "治理目标"},
	"head":                  {"Head", "负责人"},
	"leads":                 {"Leads", "牵头人"},
	"staff":                 {"Full-time staff", "专职工作人员"},
	"council":               {"Council", "理事会"},
	"pair":                  {"{0}: {1}", "{0}：{1}"},
	"post":                  {"post", "岗位"},
	"in":                    {"{0}, {1}", "{0}{1}"},
	"vacant":                {"vacant", "空缺"},
	"places":                {"vacant, {0} places", "空缺{0}人"},
	"acting":                {"{0} (acting: nobody holds the post, {1} stands in)", "{0}（代：岗位空缺，由{1}代理）"},
	"deputy":                {"the deputy post", "副职"},
	string(party.Mobile):    {"{0} (mobile)", "{0}（机动）"},
	string(party.PartTime):  {"{0} (part-time)", "{0}（兼职）"},
	string(party.Volunteer): {"{0} (volunteer)", "{0}（志愿）"},
	"duties":                {"Duties: {0}", "工作职责：{0}"},
	"contact":               {"Contact: {0}", "联系方式：{0}"},
	"leaves":                {"smallest areas", "最小单元"},
	"seat":                  {"{0} ({1})", "{0}（{1}）"},
}

// Text is the notice as plain text in lang ("zh", else English), without markup,
// as it would be read from the board; it ends with a line feed. What is missing is
// not part of it. Lines of a text that has several are kept and indented.
func (n Notice) Text(lang string) string {
	t := writer{lang: lang}
	t.line(0, t.say("heading", cmp.Or(n.Name, string(n.Area))))
	if path := n.path(); path != "" {
		t.line(0, path)
	}
	t.line(0, t.say("as-of", n.At.Format(time.DateOnly)))
	if n.About != "" || len(n.Facts) > 0 {
		t.section("facts")
	}
	if n.About != "" {
		t.line(1, n.About)
	}
	for _, f := range n.Facts {
		t.fact(f)
	}
	if n.Goals != "" {
		t.section("goals")
		t.line(1, n.Goals)
	}
	if n.Head.State != "" { // else the level has no rule
		t.section("head")
		t.posting(n.Head, n.Area, Posting{})
	}
	t.postings("leads", n.Leads, n.Area)
	t.postings("staff", n.Staff, n.Area)
	if len(n.Council) > 0 {
		t.section("council")
	}
	for _, m := range n.Council {
		name := shown(m.Name, m.Nameless)
		if m.Capacity != "" {
			name = t.say("seat", name, m.Capacity)
		}
		t.line(1, name)
	}
	return t.String()
}

// writer writes indented lines in a language.
type writer struct {
	strings.Builder
	lang string
}

func (w *writer) say(code string, args ...string) string {
	return textPhrases.Text(w.lang, code, args...)
}

func (w *writer) line(depth int, text string) {
	for line := range strings.Lines(strings.TrimRight(text, "\r\n")) {
		w.WriteString(strings.Repeat("  ", depth))
		w.WriteString(strings.TrimRight(line, "\r\n"))
		w.WriteByte('\n')
	}
}

func (w *writer) section(code string) {
	w.WriteByte('\n')
	w.line(0, w.say(code))
}

func (w *writer) fact(f Fact) {
	name, value := f.Term.in(w.lang), strconv.FormatInt(f.Number, 10)
	switch f.Kind {
	case Attribute:
		value = f.Text
	case Leaves:
		if f.Term.En == "" && f.Term.Zh == "" {
			name = w.say("leaves")
		}
	}
	w.line(1, w.say("pair", name, value))
}

// postings writes a section of them, if there are any; what is said of a post is
// written once for those that follow each other on it.
func (w *writer) postings(code string, list []Posting, area Code) {
	if len(list) > 0 {
		w.section(code)
	}
	for i, p := range list {
		var next Posting
		if i+1 < len(list) {
			next = list[i+1]
		}
		w.posting(p, area, next)
	}
}

// posting writes who is on the post, and what is said of the post unless the next
// place is on it too.
func (w *writer) posting(p Posting, area Code, next Posting) {
	title := cmp.Or(p.Title, string(p.Post), w.say("post"))
	if p.Area != area {
		title = w.say("in", cmp.Or(p.AreaName, string(p.Area)), title)
	}
	w.line(1, w.say("pair", title, w.who(p)))
	if p.Post != "" && p.Post == next.Post {
		return
	}
	if p.Duties != "" {
		w.line(2, w.say("duties", p.Duties))
	}
	if p.Contact != "" {
		w.line(2, w.say("contact", p.Contact))
	}
}

func (w *writer) who(p Posting) string {
	switch {
	case p.State == Vacant && p.Places > 1:
		return w.say("places", strconv.Itoa(p.Places))
	case p.State == Vacant:
		return w.say("vacant")
	case p.State == Acting:
		return w.say("acting", p.shown(), cmp.Or(p.DeputyTitle, w.say("deputy")))
	case p.Kind == party.Resident || p.Kind == "":
		return p.shown()
	}
	return w.say(string(p.Kind), p.shown())
}
