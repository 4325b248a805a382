// Command boston turns the City of Boston's published 311 reports and its ward
// and precinct maps into a street folder: slug codes, one party per queue below
// its department, matters as reason.type, and the truth columns for back-tests.
// The same inputs give the same bytes.
//
//	go run ./examples/convert/boston -reports reports.csv.gz \
//	    -wards ward.geojson.gz -precincts precinct.geojson.gz -out boston
//
// The responsibility list is not in the source: learn it afterwards with
// "go run ./examples/street learn".
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	reports := flag.String("reports", "", "the city's reports, CSV, gzipped or not")
	wards := flag.String("wards", "", "wards, GeoJSON, gzipped or not")
	precincts := flag.String("precincts", "", "precincts, GeoJSON, gzipped or not")
	out := flag.String("out", "", "folder to write")
	flag.Parse()
	if err := convert(*reports, *wards, *precincts, *out); err != nil {
		fmt.Fprintln(os.Stderr, "boston:", err)
		os.Exit(1)
	}
}

// report is one line of the source that the folder needs.
type report struct {
	id, created, due, closed, onTime       string
	department, departmentName             string
	reason, kind, queue, source, precinct  string
	lat, lon                               string
	matter, party, departmentCode, channel string
}

func convert(reports, wards, precincts, out string) error {
	if reports == "" || wards == "" || precincts == "" || out == "" {
		return fmt.Errorf("-reports, -wards, -precincts and -out are all needed")
	}
	list, err := readReports(reports)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(out, "areas"), 0o755); err != nil {
		return err
	}
	for name, source := range map[string]string{"ward.geojson.gz": wards, "precinct.geojson.gz": precincts} {
		data, err := readAll(source)
		if err != nil {
			return err
		}
		if err := writeGzip(filepath.Join(out, "areas", name), data); err != nil {
			return err
		}
	}
	for _, write := range []func(string, []report) error{writeConfig, writeParties, writeMatters, writeEvents} {
		if err := write(out, list); err != nil {
			return err
		}
	}
	return nil
}

// readReports reads the source, ordered by (created, id).
func readReports(path string) ([]report, error) {
	data, err := readAll(path)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty", path)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[strings.TrimPrefix(name, "\ufeff")] = i
	}
	list := make([]report, 0, len(rows)-1)
	for _, row := range rows[1:] {
		get := func(name string) string {
			if i, ok := column[name]; ok {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		r := report{
			id: get("id"), created: get("created"), due: get("due"), closed: get("closed"), onTime: get("ontime"),
			department: get("department"), departmentName: get("department_name"),
			reason: get("reason"), kind: get("type"), queue: get("queue"), source: get("source"), precinct: get("precinct"),
			lat: get("lat"), lon: get("lon"),
		}
		r.matter = slug(r.reason) + "." + slug(r.kind)
		r.party, r.departmentCode, r.channel = slug(r.queue), slug(r.department), slug(r.source)
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b report) int {
		return cmp.Or(cmp.Compare(a.created, b.created), cmp.Compare(a.id, b.id))
	})
	return list, nil
}

// slug is a code for a text: lower case ASCII letters and digits, everything
// else one hyphen.
func slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(text) {
		if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
			continue
		}
		gap = true
	}
	return b.String()
}

// learnNumerator / learnDenominator of the reports, in order, are for learning;
// the folder is evaluated on the rest.
const learnNumerator, learnDenominator = 7, 10

func writeConfig(out string, list []report) error {
	config := struct {
		Format       int                 `json:"format"`
		Name         string              `json:"name"`
		Levels       []map[string]string `json:"levels"`
		TimeZone     string              `json:"time_zone"`
		CRS          string              `json:"crs"`
		EvaluateFrom string              `json:"evaluate_from"`
		Attribution  string              `json:"attribution"`
	}{
		Format: 1, Name: "City of Boston",
		Levels: []map[string]string{
			{"name": "ward", "file": "areas/ward.geojson.gz"},
			{"name": "precinct", "file": "areas/precinct.geojson.gz"},
		},
		TimeZone: "America/New_York", CRS: "WGS84",
		EvaluateFrom: list[len(list)*learnNumerator/learnDenominator].created,
		Attribution:  "311 service requests 2015-2024 (sample), wards and precincts: City of Boston, Analyze Boston, Open Data Commons Public Domain Dedication and License",
	}
	data, err := json.MarshalIndent(config, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "street.json"), append(data, '\n'), 0o644)
}

func writeParties(out string, list []report) error {
	rows := map[string][]string{}
	for _, r := range list {
		rows[r.departmentCode] = []string{r.departmentCode, r.departmentName, "department", ""}
	}
	for _, r := range list {
		if old, ok := rows[r.party]; ok && old[1] != r.queue {
			return fmt.Errorf("%q and %q have the same slug", old[1], r.queue)
		}
		rows[r.party] = []string{r.party, r.queue, "unit", r.departmentCode}
	}
	return writeCSV(filepath.Join(out, "parties.csv"), []string{"code", "name", "kind", "parent"}, sorted(rows))
}

func writeMatters(out string, list []report) error {
	rows := map[string][]string{}
	for _, r := range list {
		rows[r.matter] = []string{r.matter, r.reason + ": " + r.kind, "event"}
	}
	return writeCSV(filepath.Join(out, "matters.csv"), []string{"code", "name", "kind"}, sorted(rows))
}

func sorted(rows map[string][]string) [][]string {
	var list [][]string
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		list = append(list, rows[key])
	}
	return list
}

func writeEvents(out string, list []report) error {
	verdict := map[string]string{"ONTIME": "true", "OVERDUE": "false"}
	rows := make([][]string, len(list))
	for i, r := range list {
		rows[i] = []string{
			r.id, r.created, r.matter, r.lon, r.lat, r.channel, r.due, r.closed,
			r.precinct, r.party, verdict[r.onTime],
		}
	}
	header := []string{"id", "at", "matter", "lng", "lat", "channel", "due_at", "closed_at", "truth_area", "truth_party", "truth_on_time"}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(append([][]string{header}, rows...)); err != nil {
		return err
	}
	return writeGzip(filepath.Join(out, "events.csv.gz"), b.Bytes())
}

func writeCSV(path string, header []string, rows [][]string) error {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(append([][]string{header}, rows...)); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// writeGzip writes data compressed, without a name or time in the header.
func writeGzip(path string, data []byte) error {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// readAll reads a file, decompressed when it is gzipped.
func readAll(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, err
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
