package main

import (
	"context"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/street"
)

// mandates shows whose money each mandate spent, for what and where.
func mandates(ctx context.Context, s *street.Street, lang string) ([]mandate, error) {
	var list []mandate
	matters := map[street.Code]street.Code{}
	err := s.View(ctx, func(d *dispatch.Desk, _ *finance.Book) {
		for m := range d.Mandates() {
			matters[m.ID] = m.Matter
		}
	})
	w := words(lang)
	for _, d := range s.Disclosures() {
		m := mandate{Title: string(d.Mandate)}
		if matter, ok := matters[d.Mandate]; ok {
			m.Title = s.Folder().MatterName(matter) + " · " + s.Folder().PartyName(d.Community, "") + " · " + m.Title
		}
		for _, p := range d.Payers {
			m.Payers = append(m.Payers, [4]string{p.Name, p.Granted.String(), p.Paid.String(), p.Returned.String()})
		}
		m.Payers = append(m.Payers, [4]string{w["total"], d.Granted.String(), d.Paid.String(), d.Returned.String()})
		list = append(list, m)
	}
	return list, err
}
