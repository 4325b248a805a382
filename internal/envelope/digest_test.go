package envelope_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/envelope"
)

// number is 8 bytes, the highest first, by hand.
func number(n int64) string {
	out := ""
	for shift := 56; shift >= 0; shift -= 8 {
		out += string([]byte{byte(uint64(n) >> shift)})
	}
	return out
}

func counted(s string) string { return number(int64(len(s))) + s }

// digestLaw holds a Digest to the bytes that it stands for, written out by hand.
func digestLaw(t *rapid.T) {
	form := rapid.String().Draw(t, "form")
	d, plain := envelope.NewDigest(form), counted(form)
	for range rapid.IntRange(0, 20).Draw(t, "steps") {
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0:
			list := rapid.SliceOfN(rapid.Int64(), 0, 4).Draw(t, "numbers")
			d.Int64(list...)
			for _, n := range list {
				plain += number(n)
			}
		case 1:
			n := rapid.Int().Draw(t, "number")
			d.Number(n)
			plain += number(int64(n))
		case 2:
			v := rapid.Bool().Draw(t, "flag")
			d.Flag(v)
			plain += number(map[bool]int64{true: 1}[v])
		case 3:
			list := rapid.SliceOfN(rapid.String(), 0, 4).Draw(t, "texts")
			d.Text(list...)
			for _, s := range list {
				plain += counted(s)
			}
		case 4:
			list := rapid.SliceOfN(rapid.String(), 0, 4).Draw(t, "codes")
			codes := make([]code.Code, len(list))
			plain += number(int64(len(list)))
			for i, s := range list {
				codes[i] = code.Code(s)
				plain += counted(s)
			}
			d.Codes(codes...)
		}
	}
	require.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(plain))), d.Sum().String())
}

func TestDigest(t *testing.T) { rapid.Check(t, digestLaw) }

func FuzzDigest(f *testing.F) { f.Fuzz(rapid.MakeFuzz(digestLaw)) }

func TestDigestTellsListsApart(t *testing.T) {
	sum := func(write func(d *envelope.Digest)) string {
		d := envelope.NewDigest("form 1")
		write(&d)
		return d.Sum().String()
	}
	seen := map[string]int{}
	for i, write := range []func(*envelope.Digest){
		func(d *envelope.Digest) { d.Text("ab", "c") },
		func(d *envelope.Digest) { d.Text("a", "bc") },
		func(d *envelope.Digest) { d.Codes("ab"); d.Codes("c") },
		func(d *envelope.Digest) { d.Codes("ab", "c"); d.Codes() },
		func(d *envelope.Digest) { d.Codes(); d.Codes("ab", "c") },
	} {
		s := sum(write)
		require.NotContains(t, seen, s, "case %d", i)
		seen[s] = i
	}
}
