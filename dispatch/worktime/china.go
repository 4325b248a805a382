package worktime

import (
	_ "embed"
	"strconv"
	"strings"
	"time"
)

//go:embed data/cn_2007_2026.txt
var chinaText string

// The years whose days China lists. The notice for a year appears in the
// autumn before it, and a later notice may change an earlier one.
const (
	ChinaFirst = 2007
	ChinaLast  = 2026
)

// China is the calendar of mainland China: the public holidays and make-up
// working days of ChinaFirst to ChinaLast with the notices of the State Council
// (国务院办公厅节假日安排), Monday to Friday otherwise, in a zone of the caller's
// (Asia/Shanghai). The caller sets the windows before calling New; zero means
// 09:00-17:00. It lists 678 days, two of them in December 2006.
func China(zone *time.Location) Config {
	return Config{Zone: zone, Days: ChinaDays(), FirstYear: ChinaFirst, LastYear: ChinaLast}
}

// ChinaDays lists the days of China by date. Each answer is the caller's own.
func ChinaDays() []Day {
	var days []Day
	notice := ""
	for line := range strings.Lines(chinaText) {
		field := strings.SplitN(strings.TrimSpace(line), " ", 4)
		switch {
		case field[0] == "notice" && len(field) == 3:
			notice = field[2]
		case len(field) == 4 && (field[0] == string(Off) || field[0] == string(Work)):
			date, err := ParseDate(field[1])
			count, bad := strconv.Atoi(field[2])
			if err != nil || bad != nil {
				continue // a test proves that no line of the embedded text ends here
			}
			for i := range count {
				on := dateOf(date.number() + int64(i))
				days = append(days, Day{Date: on, Kind: Kind(field[0]), Name: field[3], Notice: notice})
			}
		}
	}
	return days
}
