package worktime_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// spread gives instants all over 2020 to 2025 in an order without a pattern.
func spread() []time.Time {
	list := make([]time.Time, 4096)
	first := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range list {
		list[i] = first.Add(time.Duration(i*2654435761%(2100*86400)) * time.Second)
	}
	return list
}

func BenchmarkAdd(b *testing.B) {
	calendar, at := china(b), spread()
	for _, text := range []string{"2h", "4wh", "400wh", "15wd"} {
		budget, err := worktime.ParseBudget(text)
		require.NoError(b, err)
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				_, _ = calendar.Add(at[i%len(at)], budget)
				i++
			}
		})
	}
}

func BenchmarkBetween(b *testing.B) {
	calendar, at := china(b), spread()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		_, _ = calendar.Between(at[i%len(at)], at[(i+7)%len(at)])
		i++
	}
}

func BenchmarkWorking(b *testing.B) {
	calendar, at := china(b), spread()
	i := 0
	for b.Loop() {
		calendar.Working(at[i%len(at)])
		i++
	}
}

// BenchmarkWalker is the naive twin at the same work as BenchmarkAdd/4wh, with
// the windows already known.
func BenchmarkWalker(b *testing.B) {
	twin, at := newWalker(worktime.China(zone("Asia/Shanghai"))), spread()
	i := 0
	for _, t := range at[:64] {
		twin.add(t, 4*time.Hour)
	}
	for b.Loop() {
		twin.add(at[i%64], 4*time.Hour)
		i++
	}
}

func BenchmarkNew(b *testing.B) {
	config := worktime.China(zone("Asia/Shanghai"))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = worktime.New(config)
	}
}

// TestNoAllocations holds the promise that answers cost no garbage.
func TestNoAllocations(t *testing.T) {
	calendar, at := china(t), spread()
	for _, unit := range []worktime.Unit{worktime.Minutes, worktime.WorkingHours, worktime.WorkingDays} {
		require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = calendar.Due(at[7], worktime.Budget{N: 9, Unit: unit}) }))
	}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		_, _ = calendar.Between(at[1], at[2])
		_, _ = calendar.AddWorking(at[1], time.Hour)
		_, _ = calendar.Next(at[3])
		_, _ = calendar.IsWorkday(at[4])
		calendar.Working(at[5])
	}))
}
