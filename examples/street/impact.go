package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/street"
)

// impact is diff's answer in JSON.
type impact struct {
	Cells    int          `json:"cells"`
	Changed  int          `json:"changed"`
	Changes  []cellChange `json:"changes"`
	Left     int          `json:"changes_left_out"`
	Added    []string     `json:"matters_added"`
	Removed  []string     `json:"matters_removed"`
	Open     []caseChange `json:"open_cases"`
	OpenLeft int          `json:"open_cases_left_out"`
	Backtest *backtest    `json:"backtest"` // null without history
}

type cellChange struct {
	Matter string `json:"matter"`
	Area   string `json:"area"`
	From   string `json:"from"`
	To     string `json:"to"`
	Cells  int    `json:"cells"`
	Text   string `json:"text"` // with a witness
}

type caseChange struct {
	Case string `json:"case"`
	From string `json:"from"`
	To   string `json:"to"`
}

type backtest struct {
	Before street.Share `json:"before"`
	After  street.Share `json:"after"`
	Better int          `json:"better"`
	Worse  int          `json:"worse"`
}

// diff prints what the list of the folder that -to names would change: cells, open
// cases, and how both agree with the year before.
func (a *app) diff(ctx context.Context, args []string) error {
	if len(args) > 0 || a.to == "" {
		return badInput(errors.New("want diff -dir A -to B"))
	}
	s, now, err := a.lived(ctx)
	if err != nil {
		return err
	}
	other := &app{stdout: a.stdout, stderr: a.stderr, dir: a.to, to: a.to, lang: a.lang}
	to, err := other.load(street.LoadOptions{})
	if err != nil {
		return err
	}
	found, err := s.Impact(ctx, to, now)
	if err != nil {
		return badInput(fmt.Errorf("the lists cannot be compared: %w", err))
	}
	x := describeImpact(found, s.Folder(), a.lang)
	if a.json {
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(x)
	}
	a.printImpact(x)
	return nil
}

func describeImpact(found *dispatch.Impact, f *street.Folder, lang string) impact {
	who := func(h dispatch.Holder) string {
		if h.Party == "" {
			return words(lang)["nobody"]
		}
		return f.PartyName(h.Party, h.Post)
	}
	x := impact{
		Cells: found.Cells, Changed: found.Changed, Left: found.Left, OpenLeft: found.OpenLeft,
		Changes: []cellChange{}, Open: []caseChange{}, Added: texts(found.Added), Removed: texts(found.Removed),
	}
	for _, c := range found.Changes {
		x.Changes = append(x.Changes, cellChange{string(c.Matter), string(c.Area), who(c.From), who(c.To), c.Cells, f.LocalTimes(c.Text(lang))})
	}
	for _, c := range found.Open {
		x.Open = append(x.Open, caseChange{string(c.Case), who(c.From), who(c.To)})
	}
	if b := found.Backtest; b != nil {
		x.Backtest = &backtest{share(b.Before.Party), share(b.After.Party), b.Better, b.Worse}
	}
	return x
}

func share(a dispatch.Agreement) street.Share { return street.Share{Right: a.Right, Of: a.Of} }

func texts(codes []street.Code) []string {
	list := []string{}
	for _, c := range codes {
		list = append(list, string(c))
	}
	return list
}

// printImpact shows what would change on a terminal.
func (a *app) printImpact(x impact) {
	w := words(a.lang)
	line := func(label, format string, args ...any) {
		fmt.Fprintf(a.stdout, "%s%s\n", pad(label, 24), fmt.Sprintf(format, args...))
	}
	line(w["diff.cells"], "%d", x.Cells)
	line(w["diff.changed"], "%d", x.Changed)
	for _, c := range x.Changes {
		fmt.Fprintf(a.stdout, "  %s\n", c.Text)
	}
	if x.Left > 0 {
		fmt.Fprintf(a.stdout, "  +%d\n", x.Left)
	}
	for _, c := range x.Added {
		line(w["diff.added"], "%s", c)
	}
	for _, c := range x.Removed {
		line(w["diff.removed"], "%s", c)
	}
	line(w["diff.open"], "%d", len(x.Open)+x.OpenLeft)
	for _, c := range x.Open {
		fmt.Fprintf(a.stdout, "  %s: %s → %s\n", c.Case, c.From, c.To)
	}
	if x.OpenLeft > 0 {
		fmt.Fprintf(a.stdout, "  +%d\n", x.OpenLeft)
	}
	if b := x.Backtest; b != nil {
		line(w["diff.backtest"], "%s → %s (+%d −%d)", b.Before, b.After, b.Better, b.Worse)
	}
}

// worklist prints the open cases of a post, party, person or area.
func (a *app) worklist(ctx context.Context, args []string) error {
	c, err := one(args, "post, party, person or area")
	if err != nil {
		return err
	}
	s, now, err := a.lived(ctx)
	if err != nil {
		return err
	}
	list, next, err := s.Worklist(ctx, c, a.after, a.most)
	if errors.Is(err, street.ErrNobody) {
		return badInput(fmt.Errorf(words(a.lang)["no_such"], c))
	}
	if err != nil {
		return badInput(err)
	}
	if len(list) == 0 && a.after == "" {
		a.elsewhere(ctx, s, c)
	}
	if a.json {
		return a.worklistJSON(list, next)
	}
	f, w := s.Folder(), words(a.lang)
	x := section{Head: []string{w["case"], w["next_due"], w["status"], w["matter"], w["area"], w["lead"], w["due"]}}
	for _, c := range list {
		due := w[c.OnTime(now)]
		if !c.DueAt.IsZero() {
			due = c.DueAt.In(f.Zone).Format("2006-01-02 15:04") + " " + due
		}
		x.add(string(c.ID), c.NextDue.In(f.Zone).Format("2006-01-02 15:04"), w[string(c.State)], f.MatterName(c.Event.Matter),
			f.AreaName(c.Area), f.PartyName(c.Lead.Party, c.Lead.Post), due)
	}
	a.table(x, s)
	if next != "" {
		fmt.Fprintf(a.stdout, "%s: -after %q\n", w["more_cases"], next)
	}
	return nil
}

// elsewhere says on stderr that there is nothing, and where the cases are that a post or person without any may
// work on: a rule that names a party gives them to no post.
func (a *app) elsewhere(ctx context.Context, s *street.Street, c street.Code) {
	f, parties := s.Folder(), []street.Code{}
	if p, ok := f.Directory.Post(c); ok {
		parties = append(parties, p.Party)
	}
	for ap := range f.Directory.Serving(c) {
		if p, ok := f.Directory.Post(ap.Post); ok && !slices.Contains(parties, p.Party) {
			parties = append(parties, p.Party)
		}
	}
	fmt.Fprintf(a.stderr, words(a.lang)["no_open"]+"\n", c)
	for _, party := range parties {
		if list, _, err := s.Worklist(ctx, party, "", 0); err == nil && len(list) > 0 {
			fmt.Fprintf(a.stderr, words(a.lang)["of_party"]+"\n", f.PartyName(party, ""), party)
		}
	}
}

func (a *app) worklistJSON(list []dispatch.Case, next string) error {
	if list == nil {
		list = []dispatch.Case{}
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"cases": list, "next": next})
}
