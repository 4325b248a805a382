package resource_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/resource"
)

// many is n offers and n needs over 50 kinds and every area; dated ones last some
// days of the month. The numbers are scattered by multiplication, not drawn.
func many(n int, dated bool) resource.Plan {
	var p resource.Plan
	for i := range n {
		x, y := i*7919%10007, i*104729%10007
		o := resource.Offer{Code: resource.Code(fmt.Sprintf("o%05d", i)), Kind: fmt.Sprintf("k%d.s%d", x%10, x/10%5), Area: areas[y%len(areas)]}
		u := resource.Need{Code: resource.Code(fmt.Sprintf("n%05d", i)), Kind: fmt.Sprintf("k%d.s%d", y%10, y/10%5), Area: areas[x%len(areas)]}
		if dated {
			u.During, u.Quantity = days(1+x%20, 2+x%20+y%9), int64(1+x%3)
			o.During, o.Quantity = days(1+y%5, 20+x%10), int64(1+y%4)
		}
		p.Offers, p.Needs = append(p.Offers, o), append(p.Needs, u)
	}
	return p
}

func BenchmarkMatch(b *testing.B) {
	m := streetMap(b)
	for name, dated := range map[string]bool{"undated": false, "dated": true} {
		for _, steps := range []int{0, 2} {
			b.Run(fmt.Sprintf("%s/steps=%d", name, steps), func(b *testing.B) {
				l, err := resource.NewLists(m, nil, many(10_000, dated))
				require.NoError(b, err)
				for b.Loop() {
					r := resource.Match(l, resource.Options{Steps: steps})
					full := 0
					for _, x := range r.Needs {
						if x.Full() {
							full++
						}
					}
					b.ReportMetric(float64(full), "full")
				}
			})
		}
	}
	// The worst there is: one kind, everywhere, so that every offer fits every need.
	b.Run("dense", func(b *testing.B) {
		p := many(10_000, true)
		for i := range p.Offers {
			p.Offers[i].Kind, p.Offers[i].Area, p.Needs[i].Kind = "k", "", "k"
		}
		l, err := resource.NewLists(m, nil, p)
		require.NoError(b, err)
		for b.Loop() {
			resource.Match(l, resource.Options{})
		}
	})
}
