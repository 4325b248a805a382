package worktime_test

import (
	"maps"
	"slices"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// walker is the naive twin of Calendar. It is written from the rule: it looks at
// the local clock minute by minute and knows neither prefix sums nor offsets.
type walker struct {
	config worktime.Config
	open   map[worktime.Date][][2]time.Time
	shown  map[worktime.Date]bool
}

func newWalker(config worktime.Config) *walker {
	if len(config.Windows) == 0 {
		config.Windows = []worktime.Window{{Start: 9 * 60, End: 17 * 60}}
	}
	config.Windows = slices.Clone(config.Windows)
	slices.SortFunc(config.Windows, func(a, b worktime.Window) int { return a.Start - b.Start })
	return &walker{config: config, open: map[worktime.Date][][2]time.Time{}, shown: map[worktime.Date]bool{}}
}

// first walks to the first minute whose local clock shows date and minute of the
// day, or anything later.
func (w *walker) first(date worktime.Date, minute int) time.Time {
	for t := time.Date(date.Year, date.Month, date.Day-1, 0, 0, 0, 0, time.UTC); ; t = t.Add(time.Minute) {
		local := t.In(w.config.Zone)
		now := worktime.DateOf(t, w.config.Zone)
		passed := minute < worktime.MinutesPerDay && now == date && 60*local.Hour()+local.Minute() >= minute
		if passed || now.Compare(date) > 0 {
			return t
		}
	}
}

func next(date worktime.Date) worktime.Date {
	return worktime.DateOf(time.Date(date.Year, date.Month, date.Day+1, 0, 0, 0, 0, time.UTC), time.UTC)
}

func (w *walker) worked(date worktime.Date) bool {
	for _, d := range w.config.Days {
		if d.Date == date {
			return d.Kind == worktime.Work
		}
	}
	if w.config.Week == (worktime.Week{}) {
		return date.Weekday() != time.Saturday && date.Weekday() != time.Sunday
	}
	return w.config.Week[date.Weekday()]
}

// windows are the instants at which the windows of date open and close; none on
// a day off and on a date that the clocks never show.
func (w *walker) windows(date worktime.Date) [][2]time.Time {
	if _, known := w.shown[date]; !known {
		w.shown[date] = worktime.DateOf(w.first(date, 0), w.config.Zone) == date
		if w.shown[date] && w.worked(date) {
			for _, win := range w.config.Windows {
				w.open[date] = append(w.open[date], [2]time.Time{w.first(date, win.Start), w.first(date, win.End)})
			}
		}
	}
	return w.open[date]
}

func (w *walker) working(t time.Time) bool {
	date := worktime.DateOf(t.Add(-24*time.Hour), w.config.Zone)
	for range 4 {
		for _, win := range w.windows(date) {
			if !t.Before(win[0]) && t.Before(win[1]) {
				return true
			}
		}
		date = next(date)
	}
	return false
}

// add walks until left has been worked.
func (w *walker) add(at time.Time, left time.Duration) time.Time {
	for left > 0 {
		step := at.Truncate(time.Minute).Add(time.Minute).Sub(at)
		if w.working(at) {
			if left <= step {
				return at.Add(left)
			}
			left -= step
		}
		at = at.Add(step)
	}
	return at
}

// between walks from a to b.
func (w *walker) between(a, b time.Time) time.Duration {
	if b.Before(a) {
		return -w.between(b, a)
	}
	var sum time.Duration
	for a.Before(b) {
		step := min(a.Truncate(time.Minute).Add(time.Minute).Sub(a), b.Sub(a))
		if w.working(a) {
			sum += step
		}
		a = a.Add(step)
	}
	return sum
}

// addDays counts n worked dates after the day that had begun by at.
func (w *walker) addDays(at time.Time, n int64) time.Time {
	date := worktime.DateOf(at, w.config.Zone)
	for !w.first(next(date), 0).After(at) {
		date = next(date)
	}
	for {
		date = next(date)
		if open := w.windows(date); len(open) > 0 {
			if n--; n == 0 {
				return open[len(open)-1][1]
			}
		}
	}
}

// zones are those whose clocks do the oddest things since 1990, and plain ones.
var zones = []string{
	"Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns",
	"Pacific/Apia", "Antarctica/Casey", "America/Sao_Paulo", "Asia/Kathmandu", "Asia/Gaza", "UTC",
}

func zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// drawInstant picks an instant from 1992 to 2096, half of the time close to a
// change of the clocks.
func drawInstant(t *rapid.T, loc *time.Location) time.Time {
	at := time.UnixMilli(rapid.Int64Range(694224000000, 3976214400000).Draw(t, "at")).In(loc)
	if _, end := at.ZoneBounds(); !end.IsZero() && end.Year() < 2097 && rapid.Bool().Draw(t, "near a change") {
		at = end.Add(time.Duration(rapid.Int64Range(-4*86400_000, 86400_000).Draw(t, "off")) * time.Millisecond)
	}
	return at
}

// drawConfig picks windows, week and listed days around at.
func drawConfig(t *rapid.T, at time.Time) worktime.Config {
	config := worktime.Config{Zone: at.Location(), FirstYear: worktime.YearMin, LastYear: worktime.YearMax}
	cuts := rapid.SliceOfNDistinct(rapid.OneOf(
		rapid.IntRange(0, 5*60), rapid.Map(rapid.IntRange(0, 48), func(n int) int { return 30 * n }),
	), 2, 6, rapid.ID[int]).Draw(t, "cuts")
	slices.Sort(cuts)
	for i := 0; i+1 < len(cuts); i += 2 {
		config.Windows = append(config.Windows, worktime.Window{Start: cuts[i], End: cuts[i+1]})
	}
	for d := range config.Week {
		config.Week[d] = rapid.IntRange(0, 4).Draw(t, "worked") > 0
	}
	listed := rapid.MapOfN(rapid.IntRange(-3, 12), rapid.SampledFrom([]worktime.Kind{worktime.Off, worktime.Work}), 0, 6).Draw(t, "days")
	for _, off := range slices.Sorted(maps.Keys(listed)) {
		date := worktime.DateOf(at.AddDate(0, 0, off), time.UTC)
		if !slices.ContainsFunc(config.Days, func(d worktime.Day) bool { return d.Date == date }) {
			config.Days = append(config.Days, worktime.Day{Date: date, Kind: listed[off]})
		}
	}
	return config
}
