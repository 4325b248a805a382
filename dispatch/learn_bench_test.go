package dispatch_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// The naive twin is the plain table. Learn does more, and answers with a list a
// tenth as long; the growing history shows that the cost grows with it.
func BenchmarkLearn(b *testing.B) {
	city := loadBoston(b)
	for _, n := range []int{1000, 2000, 4995} {
		b.Run(fmt.Sprintf("learn/%d", n), func(b *testing.B) {
			for b.Loop() {
				_, err := dispatch.Learn(city.cases[:n], city.m, dispatch.LearnOptions{})
				require.NoError(b, err)
			}
		})
		b.Run(fmt.Sprintf("plain/%d", n), func(b *testing.B) {
			for b.Loop() {
				newPlainTable(city.cases[:n], city.m)
			}
		})
	}
}

func BenchmarkBacktest(b *testing.B) {
	city := loadBoston(b)
	l, err := dispatch.Learn(city.cases, city.m, dispatch.LearnOptions{})
	require.NoError(b, err)
	list, err := dispatch.Compile(nil, l.Rules, city.m, nil, dispatch.Options{})
	require.NoError(b, err)
	for b.Loop() {
		_, err := dispatch.Backtest(list, city.cases, city.dir)
		require.NoError(b, err)
	}
}
