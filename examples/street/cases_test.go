package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// sectionsOf are the sections about cases of an embedded place, by title.
func sectionsOf(t *testing.T, place, lang string) map[string]section {
	t.Helper()
	f := embedded(t, place)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	list, err := caseSections(t.Context(), s, f.Latest(), lang)
	require.NoError(t, err)
	byTitle := map[string]section{}
	for _, x := range list {
		for _, row := range x.Rows {
			require.Len(t, row, len(x.Head), x.Title)
		}
		byTitle[x.Title] = x
	}
	return byTitle
}

func TestTheReportTellsOfLaddersAndDisputes(t *testing.T) {
	x := sectionsOf(t, "luohu", "zh")
	require.Equal(t, [][]string{
		{"1", "区住房和建设局", "物业", "2个工作日", "3个工作日", "1"}, {"1", "区住房和建设局", "燃气", "2个工作日", "3个工作日", "0"},
		{"1", "区市场监管局", "经营", "2个工作日", "3个工作日", "1"}, {"1", "区应急管理局", "消防", "2个工作日", "3个工作日", "1"},
		{"2", "区城管和综合执法局", "全部", "3个工作日", "5个工作日", "2"}, {"3", "区综合行政执法委员会", "全部", "5个工作日", "终局", "1"},
	}, x["争议裁定"].Rows)
	require.Len(t, x["权属争议"].Rows, 3)
	require.Equal(t, []string{"ZY03", "堵塞消防通道", "街道应急管理办公室 / 街道综合行政执法队", "区综合行政执法委员会 (第3级)", "街道应急管理办公室 · 终局", "已结案"}, x["权属争议"].Rows[2])
	require.Equal(t, []string{"2", "街道办事处", "超期 1个工作日", "黄牌"}, x["督办升级"].Rows[1][:4])
	yellow, red := 0, 0
	for _, row := range x["亮牌单位"].Rows {
		yellow += atoi(t, row[1])
		red += atoi(t, row[2])
	}
	require.Equal(t, atoi(t, x["督办升级"].Rows[1][4]), yellow, "one card a raising")
	require.Equal(t, atoi(t, x["督办升级"].Rows[2][4]), red)
	cases, reports := 0, 0
	for _, row := range x["案件状态"].Rows {
		cases += atoi(t, row[1])
		reports += atoi(t, row[3])
	}
	require.Equal(t, [2]int{423, 447}, [2]int{cases, reports}, "24 reports of cases that were there")
	require.Len(t, x["社区事务准入"].Rows, 5)
	require.Equal(t, "待审批，超期", x["社区事务准入"].Rows[4][4])

	plain := sectionsOf(t, "guanlan-mini", "en")
	require.NotContains(t, plain, "Dispute ladder")
	require.NotContains(t, plain, "Overdue ladder")
	require.Contains(t, plain, "Cases by state")
}

func atoi(t *testing.T, text string) int {
	t.Helper()
	n := 0
	require.Regexp(t, `^[0-9]+$`, text)
	for _, c := range text {
		n = 10*n + int(c-'0')
	}
	return n
}

// The page has the sections in both languages, no code of a word that is missing, and
// ends when a dispute waits in it.
func TestTheCasePage(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		dir := t.TempDir()
		code, _, stderr := command("-street", "luohu", "-lang", lang, "-quiet", "-out", dir, "-now", "2022-10-14 11:00")
		require.Equal(t, exitDone, code, stderr)
		data, err := os.ReadFile(filepath.Join(dir, "report.html"))
		require.NoError(t, err)
		page := string(data)
		for _, key := range []string{"by_state", "overdue_ladder", "dispute_ladder", "disputes", "admissions"} {
			require.Contains(t, page, "<h2>"+words(lang)[key]+"</h2>")
		}
		waiting := regexp.MustCompile(`ZY03</td>.*?</tr>`).FindString(page)
		require.Contains(t, waiting, words(lang)["disputed"])
		require.Contains(t, waiting, "–", "nobody has ruled yet")
		require.Less(t, strings.Index(page, "ZY03</td>"), strings.Index(page, "ZY01</td>"), "what waits comes first")
		require.NotContains(t, page, "<no value>")
	}
}

// Time limits are in words that agree with their number.
func TestBudgetInWords(t *testing.T) {
	for _, c := range []struct{ text, en, zh string }{
		{"1wd", "1 working day", "1个工作日"}, {"3wd", "3 working days", "3个工作日"}, {"1d", "1 day", "1天"}, {"1wh", "1 working h", "1个工作小时"}, {"30m", "30 min", "30分钟"},
	} {
		b, err := worktime.ParseBudget(c.text)
		require.NoError(t, err)
		require.Equal(t, c.en, budget(b, words("en")))
		require.Equal(t, c.zh, budget(b, words("zh")))
	}
}
