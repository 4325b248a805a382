package main

import (
	"github.com/schollz/progressbar/v3"
)

// progress draws how far a run is, on a terminal only.
type progress struct{ bar *progressbar.ProgressBar }

func (a *app) progress() *progress {
	if !a.terminal || a.quiet {
		return &progress{}
	}
	return &progress{progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(a.stderr), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetDescription(words(a.lang)["progress"]), progressbar.OptionThrottle(100_000_000))}
}

// at shows that done of total steps are done.
func (p *progress) at(done, total int) {
	if p.bar == nil {
		return
	}
	if p.bar.GetMax() != total {
		p.bar.ChangeMax(total)
	}
	_ = p.bar.Set(done) // a progress bar that cannot be drawn is no reason to stop
}

func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
