package party_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party"
)

// A mobile number of nobody in the Directory is hidden where it stands by itself;
// what may be shown, and what only looks like one, is not.
func TestNumbersOfStrangers(t *testing.T) {
	d, err := party.NewDirectory(nil, party.Plan{
		Parties: []party.Party{{Code: "a"}},
		People:  []party.Person{{Code: "p", Phone: "138 0013 8000", Consent: true}},
		Posts:   []party.Post{{Code: "s", Party: "a", Public: "值班 13900139000、0755-28001000"}},
	})
	require.NoError(t, err)
	for text, want := range map[string]string{
		"王某 13712345678":            "王某 *********78",
		"+86 137-1234-5678":         "+86 ***-****-**78",
		"13712345678、13612345678":   "*********78、*********78",
		"137 1234 5678 13612345678": "*** **** **78 *********78",
		"一三七一二三四五六七八":               "*********七八",
		"王五13877778888说不行":          "王五*********88说不行", "张三 138-7777-8888 四楼": "张三 ***-****-**88 四楼",
		"找他:13800138000或13900139000": "找他:13800138000或13900139000",
		"投入150000000.00元":            "投入150000000.00元",
		"13,900,000,000元":            "13,900,000,000元",
		"440309013712345678":         "440309013712345678",
		"12345678901":                "12345678901",
		"2022-05-20 13:00":           "2022-05-20 13:00",
	} {
		require.Equal(t, want, d.Redactor().Hide(text))
	}
	require.Equal(t, "13712345678", d.Redactor().HideContact("13712345678"), "a public contact is shown")
	var none *party.Redactor
	require.Equal(t, "13712345678", none.Hide("13712345678")+new(party.Redactor).Hide(""))
	require.Equal(t, "13712345678", new(party.Redactor).Hide("13712345678"))
}

// Erasing somebody takes the number out of every text of the Directory, and leaves
// the Directory that it was as it was.
func TestEraseHidesTheNumberInTexts(t *testing.T) {
	d, err := party.NewDirectory(nil, party.Plan{
		Parties: []party.Party{{Code: "a", Name: "小店 0755-28001235"}},
		People:  []party.Person{{Code: "p", Name: "陈一", Phone: "0755-28001235", Consent: true}},
		Posts:   []party.Post{{Code: "s", Party: "a", Name: "值班 28001235", Public: "0755-28001235", Duties: "打 0755 2800 1235"}},
		Groups:  []party.Group{{Code: "g", Name: "组 28001235", Purpose: "28001235", During: party.Interval{Until: instant(9)}}},
	})
	require.NoError(t, err)
	for range 2 {
		e := d.Erase("p")
		a, _ := e.Party("a")
		s, _ := e.Post("s")
		g, _ := e.Group("g")
		require.Equal(t, []string{"小店 ****-******35", "值班 ******35", "****-******35", "打 **** **** **35", "组 ******35", "******35"},
			[]string{a.Name, s.Name, s.Public, s.Duties, g.Name, g.Purpose})
		require.Equal(t, d.Hash(), e.Hash())
		s, _ = d.Post("s")
		require.Equal(t, "0755-28001235", s.Public)
	}
}
