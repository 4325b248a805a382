package dispatch

// viewMore copies out what most cases never have.
func (c *caseState) viewMore(v *Case) {
	v.NoteDue, v.RectifyDue, v.LadderDue = c.note.time(), c.rectify.time(), c.ladder.time()
	v.Paused, v.Claim, v.Asking, v.Rung, v.Card, v.Alone = cloneOrNil(c.held), c.claim, c.asking, int(c.rung), c.card, c.alone
	v.ArchiveDue = c.archive.time()
	v.Self, v.Waived, v.Unproven, v.StoodIn = c.self, c.waived, c.unproven, c.stoodIn
	_, waits := c.unanswered()
	v.Replied = !waits && c.event.Reporter != ""
	if c.side == nil {
		return
	}
	s := c.side
	v.Cycle, v.Extensions, v.Suspensions, v.Reworks = int(s.cycle), int(s.extends), int(s.suspend), int(s.reworks)
	for _, r := range s.reports {
		v.Replied = v.Replied || !waits && r.reporter != ""
		v.Reports = append(v.Reports, Report{
			Event: Code(r.event), Reporter: Code(r.reporter), External: r.external, Channel: r.channel,
			At: r.at.time(), Replied: r.replied && r.reporter != "", Said: r.said,
		})
	}
	v.Said = s.said
	v.Into, v.Merged, v.AssistDone = s.into, cloneOrNil(s.merged), cloneOrNil(s.done)
	v.Assigned = cloneOrNil(s.sent)
	if s.dispute.level > 0 {
		v.Contention = &Contention{
			Level: s.dispute.level, Body: s.dispute.body, Parties: cloneOrNil(s.dispute.parties), Ruled: s.dispute.ruled,
			For: s.dispute.ruledFor, Final: s.dispute.final, AppealUntil: s.dispute.appealUntil.time(),
		}
	}
	if p := s.push; p.asked {
		v.Push = &Push{
			Noted: p.noted, Supervised: p.supervised, Contested: p.contested, Mended: p.mended, Accepted: p.accepted, Lapsed: p.lapsed,
		}
	}
}
