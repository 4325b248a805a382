package dispatch_test

import (
	"encoding/json"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// deskStraight drives one case from filing to closing: six commands.
func deskStraight(b require.TestingT, d *dispatch.Desk, at time.Time, id dispatch.Code, key string, apply func(dispatch.Entry)) {
	event := dispatch.Event{ID: id, Matter: "cover", Point: new(deskWest), Channel: "12345"}
	for i, do := range []dispatch.Do{
		dispatch.File{Event: event, Straight: true}, dispatch.Ack{Case: id}, dispatch.Start{Case: id},
		dispatch.Finish{Case: id, Override: "alone"}, dispatch.Verify{Case: id}, dispatch.Close{Case: id, Outcome: "solved"},
	} {
		cmd := dispatch.Command{Do: do}
		if key != "" {
			cmd.Key = key + strconv.Itoa(i)
		}
		out, err := d.Decide(at, cmd)
		if err != nil || out.Refusal != nil {
			require.FailNow(b, "not carried out")
		}
		for _, e := range out.Entries {
			apply(e)
		}
	}
}

func BenchmarkDesk(b *testing.B) {
	w := deskStreet(b)
	at := w.day(2, 9, 0)
	for name, keyed := range map[string]bool{"straight": false, "straight-keyed": true} {
		b.Run(name, func(b *testing.B) {
			d := deskNew(b, w)
			for i := range 20_000 { // the usual open load
				deskDo(b, d, at, dispatch.File{Event: deskEvent(dispatch.Code("open"+strconv.Itoa(i)), "waste.missed", deskEast), Straight: true})
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				id, key := dispatch.Code("E"+strconv.Itoa(i)), ""
				if keyed {
					key = string(id) + ":"
				}
				deskStraight(b, d, at, id, key, func(e dispatch.Entry) { _ = d.Apply(e) })
			}
			b.ReportMetric(float64(6*b.N)/b.Elapsed().Seconds(), "commands/s")
		})
	}
}

// BenchmarkDeskSpread drives cases side by side: of six commands each is on another
// case, a thousand cases apart.
func BenchmarkDeskSpread(b *testing.B) {
	w := deskStreet(b)
	at := w.day(2, 9, 0)
	d := deskNew(b, w)
	id := func(i int) dispatch.Code { return dispatch.Code("E" + strconv.Itoa(i)) }
	step := func(i int) {
		event := dispatch.Event{ID: id(i), Matter: "cover", Point: new(deskWest), Channel: "12345"}
		for back, do := range []dispatch.Do{
			dispatch.File{Event: event, Straight: true}, dispatch.Ack{Case: id(i - 1000)}, dispatch.Start{Case: id(i - 2000)},
			dispatch.Finish{Case: id(i - 3000), Override: "alone"}, dispatch.Verify{Case: id(i - 4000)}, dispatch.Close{Case: id(i - 5000), Outcome: "solved"},
		} {
			if i >= back*1000 {
				deskApply(b, d, deskDecide(b, d, at, do).Entries)
			}
		}
	}
	for i := range 20_000 {
		deskDo(b, d, at, dispatch.File{Event: deskEvent(dispatch.Code("open"+strconv.Itoa(i)), "waste.missed", deskEast), Straight: true})
	}
	i := 0
	for ; i < 5000; i++ {
		step(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		step(i)
		i++
		at = at.Add(time.Millisecond) // so that dues differ
	}
	b.ReportMetric(float64(6*b.N)/b.Elapsed().Seconds(), "commands/s")
}

func BenchmarkDeskReplay(b *testing.B) {
	w := deskStreet(b)
	d := dispatch.NewDesk()
	var lines [][]byte
	keep := func(e dispatch.Entry) {
		text, _ := json.Marshal(e)
		lines = append(lines, text)
		_ = d.Apply(e)
	}
	out, err := d.Decide(w.day(1, 0, 0), dispatch.Command{Do: dispatch.Install{Setup: w.setup}})
	require.NoError(b, err)
	keep(out.Entries[0])
	for i := range 2_000 {
		deskStraight(b, d, w.day(2, 9, 0), dispatch.Code("E"+strconv.Itoa(i)), "", keep)
	}
	for b.Loop() {
		replay := dispatch.NewDesk()
		for _, line := range lines {
			var e dispatch.Entry
			_ = json.Unmarshal(line, &e)
			_ = replay.Apply(e)
		}
	}
	b.ReportMetric(float64(len(lines)*b.N)/b.Elapsed().Seconds(), "entries/s")
}

func BenchmarkDeskTick(b *testing.B) {
	w := deskStreet(b)
	d := deskNew(b, w)
	at := w.day(2, 9, 0)
	for i := range 20_000 {
		deskDo(b, d, at, dispatch.File{Event: deskEvent(dispatch.Code("E"+strconv.Itoa(i)), "waste.missed", deskEast), Straight: true})
	}
	late := w.day(2, 12, 0)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = d.Tick(late)
	}
	b.ReportMetric(float64(dispatch.TickMax*b.N)/b.Elapsed().Seconds(), "firings/s")
}

// TestDeskOpenCaseIsSmall measures an open case as a replayed journal leaves it,
// with every code its own string.
func TestDeskOpenCaseIsSmall(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	out, err := dispatch.NewDesk().Decide(w.day(1, 0, 0), dispatch.Command{Do: dispatch.Install{Setup: w.setup}})
	require.NoError(t, err)
	const cases = 4_000
	replayed := dispatch.NewDesk()
	deskApply(t, replayed, out.Entries)
	var lines [][]byte
	for i := range 2 * cases {
		event := deskEvent(dispatch.Code("E"+strconv.Itoa(i)), "cover", deskEast)
		for _, e := range deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: event, Straight: true}) {
			line, err := json.Marshal(e)
			require.NoError(t, err)
			lines = append(lines, line)
		}
	}
	d = nil
	apply := func(lines [][]byte) {
		for _, line := range lines {
			var e dispatch.Entry
			require.NoError(t, json.Unmarshal(line, &e))
			require.NoError(t, replayed.Apply(e))
		}
	}
	apply(lines[:len(lines)/2]) // what a Desk remembers for Notices has a fixed size
	before := heapInUse()
	apply(lines[len(lines)/2:])
	bytes := (heapInUse() - before) / cases
	runtime.KeepAlive(lines)
	runtime.KeepAlive(replayed)
	t.Logf("%d bytes per open case", bytes)
	require.LessOrEqual(t, bytes, int64(1024))
}

func heapInUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkWorklist answers one page of 50 in the middle of 100,000 open cases, of which
// a third wait for each of two parties and the rest for the duty desk, beside the scan.
func BenchmarkWorklist(b *testing.B) {
	w := deskStreet(b)
	d := deskNew(b, w)
	now := w.day(2, 9, 0)
	for i := range 100_000 {
		event := deskEvent(dispatch.Code("E"+strconv.Itoa(i)), []dispatch.Code{"waste.missed", "lamp", "cover"}[i%3], deskEast)
		event.Due = now.Add(time.Duration(1+i*7919%100_000) * time.Minute)
		deskApply(b, d, deskDecide(b, d, now, dispatch.File{Event: event, Straight: i%3 < 2}).Entries)
	}
	for name, f := range map[string]dispatch.Filter{
		"party": {Party: "property"}, "desk": {Party: "desk"}, "post": {Post: "foreman"}, "person": {Person: "li"}, "all": {},
		"none of a party": {Party: "property", Area: "G1"},
	} {
		f.Max = 50
		middle := ""
		if f.Area == "" {
			f.Max = dispatch.WorklistMax
			for range 5 {
				_, next, err := dispatch.ScanWorklist(d, f, middle)
				require.NoError(b, err)
				if next != "" {
					middle = next
				}
			}
			f.Max = 50
		}
		for how, list := range map[string]func() ([]dispatch.Case, string, error){
			"kept": func() ([]dispatch.Case, string, error) { return d.Worklist(f, middle) },
			"scan": func() ([]dispatch.Case, string, error) { return dispatch.ScanWorklist(d, f, middle) },
		} {
			b.Run(name+"/"+how, func(b *testing.B) {
				for b.Loop() {
					if _, _, err := list(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
