package street_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/notice"
	"github.com/gridgov/gridgov/street"
)

// A node of a hierarchy has posts, a board and a notice, as areas have.
func TestNoticeOfANode(t *testing.T) {
	folder := wholeFolder()
	set(folder, "areas/service.csv", "code,parent,level,name\nS,,station,服务站\nG1,S,grid,\nG2,S,grid,\n")
	folder["posts.csv"].Data = append(folder["posts.csv"].Data, "chief,站长,station,station-chief,S,,统筹\n"...)
	folder["appointments.csv"].Data = append(folder["appointments.csv"].Data, "p2,chief,resident,2021-01-01\n"...)
	edit(folder, "posts.csv", "area,limit", "area,public_contact,limit")
	edit(folder, "posts.csv", "G1,2000", "G1,,2000")
	edit(folder, "posts.csv", "houses:H25,,", "houses:H25,,,")
	edit(folder, "posts.csv", "S,,统筹", "S,0755-28001000,,统筹")
	set(folder, "boards.csv", "area,facts,goals\nS,两个网格,整洁\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	at := time.Date(2021, 9, 28, 4, 0, 0, 0, time.UTC)
	n, err := s.Notice(t.Context(), "S", at)
	require.NoError(t, err)
	require.True(t, n.Publishable(), "%v", n.Missing)
	require.Equal(t, "林二", n.Head.Name)
	require.Contains(t, n.Text("zh"), "服务站公示牌")
	require.Equal(t, notice.Below, n.Facts[len(n.Facts)-1].Kind)
	require.Equal(t, int64(2), n.Facts[len(n.Facts)-1].Number)
	require.Equal(t, street.Code("p2"), f.Directory.OnDuty("S", at).Person)
	n, err = s.Notice(t.Context(), "nowhere", at)
	require.NoError(t, err)
	require.Equal(t, notice.UnknownArea, n.Missing[0].Kind)

	edit(folder, "posts.csv", "chief,站长,station,station-chief,S", "chief,站长,station,station-chief,S9")
	_, err = street.Load(folder, options)
	require.ErrorContains(t, err, "posts.csv:4:32: area S9 is no area of the street")
	edit(folder, "boards.csv", "S,", "S9,")
	_, err = street.Load(folder, options)
	require.True(t, strings.Contains(err.Error(), "boards.csv:2:1"), "%v", err)
}
