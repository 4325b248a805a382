package roster_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/roster"
)

// street is a plan of n posts, each with five members who take turns of a day, dated
// joins, five years old, and one exception a month.
func street(n int) roster.Plan {
	sh := zone("Asia/Shanghai")
	var plan roster.Plan
	for i := range n {
		post := roster.Code(fmt.Sprintf("post-%04d", i))
		rotation := roster.Rotation{Post: post, Start: date("2021-01-01"), Hours: hours("08:00-20:00;20:00-08:00")}
		for j := range 5 {
			m := roster.Member{Person: roster.Code(fmt.Sprintf("p-%04d-%d", i, j))}
			if j > 1 {
				m.During.From = time.Date(2021, time.Month(j), 1+i%28, 0, 0, 0, 0, sh)
			}
			rotation.Members = append(rotation.Members, m)
		}
		plan.Rotations = append(plan.Rotations, rotation)
		for month := range 60 {
			plan.Exceptions = append(plan.Exceptions, roster.Exception{
				Post: post, Kind: roster.Add, Date: roster.Date{Year: 2021 + month/12, Month: time.Month(1 + month%12), Day: 1 + i%28},
				Person: roster.Code(fmt.Sprintf("extra-%04d", i)),
			})
		}
	}
	return plan
}

// spread gives instants all over 2021 to 2025 in an order without a pattern.
func spread() []time.Time {
	list := make([]time.Time, 4096)
	first := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range list {
		list[i] = first.Add(time.Duration(i*2654435761%(1800*86400)) * time.Second)
	}
	return list
}

func BenchmarkAt(b *testing.B) {
	r, at := build(b, zone("Asia/Shanghai"), street(1000)), spread()
	codes := r.Posts()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.At(codes[i*7919%len(codes)], at[i%len(at)])
		i++
	}
}

// BenchmarkAtByWalking is the naive way: from the start of the rotation, day by day.
func BenchmarkAtByWalking(b *testing.B) {
	sh := zone("Asia/Shanghai")
	plan, at := street(1), spread()
	i := 0
	for b.Loop() {
		w := &twin{zone: sh, plan: plan, start: map[roster.Date]time.Time{}, sheets: map[roster.Code]map[roster.Date]map[int]*twinSheet{}}
		w.walk(0, plan.Rotations[0], at[i%len(at)])
		i++
	}
}

func BenchmarkShiftsOfAMonth(b *testing.B) {
	sh := zone("Asia/Shanghai")
	r := build(b, sh, street(500))
	from, until := local(sh, "2025-03-01 00:00"), local(sh, "2025-04-01 00:00")
	count := 0
	b.ReportAllocs()
	for b.Loop() {
		count = 0
		for _, post := range r.Posts() {
			for range r.Shifts(post, from, until) {
				count++
			}
		}
	}
	b.ReportMetric(float64(count), "shifts/op")
}

func BenchmarkDuty(b *testing.B) {
	r, at := build(b, zone("Asia/Shanghai"), street(1000)), spread()
	var people []roster.Code
	for i := range 1000 {
		people = append(people, roster.Code(fmt.Sprintf("p-%04d-%d", i, i%5)))
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.Duty(people[i*7919%len(people)], at[i%len(at)])
		i++
	}
}

func BenchmarkNew(b *testing.B) {
	sh, plan := zone("Asia/Shanghai"), street(1000)
	b.ReportAllocs()
	for b.Loop() {
		_, err := roster.New(sh, plan)
		require.NoError(b, err)
	}
}

func BenchmarkCheckOfAMonth(b *testing.B) {
	sh := zone("Asia/Shanghai")
	r := build(b, sh, street(500))
	rules := roster.Rules{Rest: 11 * time.Hour, Month: 200 * time.Hour, Manned: true}
	for b.Loop() {
		r.Check(rules, local(sh, "2025-03-01 00:00"), local(sh, "2025-04-01 00:00"))
	}
}
