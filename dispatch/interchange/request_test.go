package interchange_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/interchange"
)

// sampleXML has what endpoints are known to send: the specification's layout,
// empty elements, the fields in another order, a field of their own.
const sampleXML = `<?xml version="1.0" encoding="utf-8"?>
<service_requests xmlns="http://wiki.open311.org/GeoReport_v2">
	<!-- two -->
	<request>
		<service_request_id>638344</service_request_id>
		<status>closed</status>
		<status_notes>Duplicate &amp; closed.</status_notes>
		<service_name>Sidewalk</service_name>
		<service_code>006</service_code>
		<description><![CDATA[two
lines]]></description>
		<agency_responsible/>
		<service_notice></service_notice>
		<requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime>
		<updated_datetime/>
		<expected_datetime>2010-04-15T06:37Z</expected_datetime>
		<address>8TH AVE and JUDAH ST</address>
		<address_id>545483</address_id>
		<zipcode>94122</zipcode>
		<lat>37.762221815</lat>
		<long>-122.4651145</long>
		<media_url>http://city.example/638344.jpg </media_url>
	</request>
	<request><long>-79.5</long><lat>43.5</lat><requested_datetime>2018-07-30T00:01:00.1239-04:00</requested_datetime>
		<service_code>CS-12</service_code><status>open</status><service_request_id>1010</service_request_id>
		<attributes><attribute><code>A</code></attribute></attributes><phone>123</phone><first_name/></request>
</service_requests>
`

const sampleJSON = `[
 {"service_request_id":638344,"status":"closed","status_notes":"Duplicate & closed.","service_name":"Sidewalk","service_code":"006",
  "description":"two\nlines","agency_responsible":null,"service_notice":null,"requested_datetime":"2010-04-14T06:37:38-08:00","updated_datetime":"",
  "expected_datetime":"2010-04-15T06:37Z","address":"8TH AVE and JUDAH ST","address_id":545483,"zipcode":94122,"lat":37.762221815,"long":-122.4651145,
  "media_url":"http://city.example/638344.jpg "},
 {"long":"-79.5","lat":"43.5","requested_datetime":"2018-07-30T00:01:00.1239-04:00","service_code":"CS-12","status":"open","service_request_id":"1010",
  "attributes":[{"code":"A"}],"phone":"123","first_name":" ","email":null}
]`

func sampleRequests() []interchange.Request {
	return []interchange.Request{
		{
			ID: "638344", Status: interchange.Closed, Notes: "Duplicate & closed.", ServiceName: "Sidewalk", ServiceCode: "006",
			Description: "two\nlines", Requested: time.Date(2010, 4, 14, 14, 37, 38, 0, time.UTC), Expected: time.Date(2010, 4, 15, 6, 37, 0, 0, time.UTC),
			Address: "8TH AVE and JUDAH ST", AddressID: "545483", Zipcode: "94122", Point: &orb.Point{-122.4651145, 37.762221815},
			MediaURL: "http://city.example/638344.jpg",
		},
		{
			ID: "1010", Status: interchange.Open, ServiceCode: "CS-12", Requested: time.Date(2018, 7, 30, 4, 1, 0, 123e6, time.UTC),
			Point: &orb.Point{-79.5, 43.5}, Index: 1, Personal: 1, Extra: []string{"attributes"},
		},
	}
}

func TestReadRequests(t *testing.T) {
	for name, text := range map[string]string{"xml": sampleXML, "json": sampleJSON, "json with a mark": "\ufeff \n" + sampleJSON} {
		got, err := interchange.ReadRequests(strings.NewReader(text))
		require.NoError(t, err, name)
		require.Empty(t, cmp.Diff(sampleRequests(), got), name)
	}
	for _, text := range []string{"[]", "<service_requests/>", "<service_requests>\n</service_requests>\n"} {
		got, err := interchange.ReadRequests(strings.NewReader(text))
		require.NoError(t, err, text)
		require.Empty(t, got)
	}
}

// asXML is a JSON list of flat objects as XML.
func asXML(t *testing.T, text string) string {
	dec := json.NewDecoder(strings.NewReader(text))
	b := &strings.Builder{}
	b.WriteString("<service_requests>")
	_, err := dec.Token()
	require.NoError(t, err)
	for dec.More() {
		b.WriteString("<request>")
		_, err := dec.Token()
		require.NoError(t, err)
		for dec.More() {
			key, err := dec.Token()
			require.NoError(t, err)
			value, err := dec.Token()
			require.NoError(t, err)
			b.WriteString("<" + key.(string) + ">")
			require.NoError(t, xml.EscapeText(b, []byte(value.(string))))
			b.WriteString("</" + key.(string) + ">")
		}
		_, err = dec.Token()
		require.NoError(t, err)
		b.WriteString("</request>")
	}
	return b.String() + "</service_requests>"
}

// TestRequestFaults says the same of JSON and of XML.
func TestRequestFaults(t *testing.T) {
	head := `"service_request_id":"1","status":"open","service_code":"2","requested_datetime":"2010-04-14T06:37:38Z"`
	for text, want := range map[string][]at{
		`{}`: {
			{1, "service_request_id", interchange.ErrMissing}, {1, "status", interchange.ErrMissing},
			{1, "service_code", interchange.ErrMissing}, {1, "requested_datetime", interchange.ErrMissing},
		},
		`{"service_request_id":" ","status":"Open","service_code":"2","requested_datetime":"2010-04-14"}`: {
			{1, "requested_datetime", interchange.ErrTime}, {1, "service_request_id", interchange.ErrMissing}, {1, "status", interchange.ErrStatus},
		},
		`{` + head + `,"lat":"91","long":"181"}`:    {{1, "lat", interchange.ErrPoint}, {1, "long", interchange.ErrPoint}},
		`{` + head + `,"lat":"90"}`:                 {{1, "long", interchange.ErrMissing}},
		`{` + head + `,"long":"-180"}`:              {{1, "lat", interchange.ErrMissing}},
		`{` + head + `,"lat":"NaN","long":"0x1p3"}`: {{1, "lat", interchange.ErrPoint}, {1, "long", interchange.ErrPoint}},
		`{` + head + `,"lat":"1_0","long":"Inf"}`:   {{1, "lat", interchange.ErrPoint}, {1, "long", interchange.ErrPoint}},
		`{` + head + `,"lat":"-90","long":"180.0"}`: nil,
		`{` + head + `,"updated_datetime":"2010-04-14T6:37:38Z","expected_datetime":"2010-04-14T06:37.5Z"}`: {{1, "updated_datetime", interchange.ErrTime}, {1, "expected_datetime", interchange.ErrTime}},
		`{` + head + `,"updated_datetime":"2010-04-14T06:37:38"}`:                                           {{1, "updated_datetime", interchange.ErrTime}},
		`{` + head + `,"expected_datetime":"2010-02-30T06:37:38Z"}`:                                         {{1, "expected_datetime", interchange.ErrTime}},
		`{` + head + `,"expected_datetime":"0001-01-01T00:00:00.0001Z"}`:                                    {{1, "expected_datetime", interchange.ErrTime}},
		`{` + head + `,"status":"closed"}`:                                                                  {{1, "status", interchange.ErrDuplicate}},
		`{` + head + `,"description":"` + strings.Repeat("街", 4000) + `"}`:                                  nil,
		`{` + head + `,"description":"` + strings.Repeat("街", 4001) + `"}`:                                  {{1, "description", interchange.ErrTooLong}},
		`{` + head + `,"zipcode":"` + strings.Repeat("1", 257) + `"}`:                                       {{1, "zipcode", interchange.ErrTooLong}},
		`{` + head + `,"media_url":"a\nb"}`:                                                                 {{1, "media_url", interchange.ErrText}},
		`{` + head + `,"address":"a\nb"}`:                                                                   nil,
	} {
		good := `{"service_request_id":"0","status":"open","service_code":"2","requested_datetime":"2010-04-14T06:37:38Z"}`
		list := "[" + good + "," + text + "," + strings.Replace(good, "0", "9", 1) + "]"
		for _, doc := range []string{list, asXML(t, list)} {
			got, err := interchange.ReadRequests(strings.NewReader(doc))
			requireFaults(t, doc[:min(len(doc), 400)], want, err)
			require.Equal(t, err == nil, len(got) == 3)
			require.Equal(t, "0", got[0].ID)
			require.Equal(t, "9", got[len(got)-1].ID)
			require.Equal(t, 2, got[len(got)-1].Index)
		}
	}
}

func TestNoRequests(t *testing.T) {
	head := `{"service_request_id":"1","status":"open","service_code":"2","requested_datetime":"2010-04-14T06:37:38Z"`
	many := strings.Repeat("<a/>", 300)
	for text, want := range map[string]error{
		"": interchange.ErrShape, "{}": interchange.ErrShape, "x": interchange.ErrShape, "\xff": interchange.ErrNotUTF8, "[": interchange.ErrSyntax,
		"[1]": interchange.ErrShape, "[{}": interchange.ErrSyntax, "[]x": interchange.ErrSyntax,
		`[{"service_code":006}]`:           interchange.ErrSyntax, // as the specification's own sample has it
		"[" + head + `,"status_notes":1}]`: interchange.ErrType, "[" + head + `,"address":{}}]`: interchange.ErrType,
		"[" + head + `,"description":"\ud800"}]`: interchange.ErrNotUTF8, "[" + head + `,"zipcode":true}]`: interchange.ErrType,
		"<services/>": interchange.ErrShape, "<service_requests>": interchange.ErrSyntax, "<service_requests><a/></service_requests>": interchange.ErrShape,
		"<service_requests>x</service_requests>": interchange.ErrSyntax, "<service_requests/><service_requests/>": interchange.ErrShape,
		"<service_requests><request></service_requests>": interchange.ErrSyntax, "<service_requests><request>": interchange.ErrSyntax,
		"<service_requests><request>x</request></service_requests>":                                                                       interchange.ErrSyntax,
		"<service_requests><request><status><b/></status></request></service_requests>":                                                   interchange.ErrType,
		"<service_requests><request><status/><status/></request></service_requests>":                                                      interchange.ErrDuplicate,
		"<service_requests><request>" + many + "</request></service_requests>":                                                            interchange.ErrDuplicate,
		"<service_requests><request><a>" + strings.Repeat("<b>", 100) + strings.Repeat("</b>", 100) + "</a></request></service_requests>": interchange.ErrSyntax,
		`<?xml version="1.0" encoding="gbk"?><service_requests/>`:                                                                         interchange.ErrSyntax,
		`<!DOCTYPE a [<!ENTITY e "x">]><service_requests><request><status>&e;</status></request></service_requests>`:                      interchange.ErrSyntax,
	} {
		_, err := interchange.ReadRequests(strings.NewReader(text))
		require.ErrorIs(t, err, want, text)
		faultsOf(t, err)
	}
	deep := "<a>" + strings.Repeat("<b>", 99) + strings.Repeat("</b>", 99) + "</a>"
	got, err := interchange.ReadRequests(strings.NewReader(strings.Replace(sampleXML, "<request>", "<request>"+deep, 1)))
	require.NoError(t, err)
	require.Equal(t, []string{"a"}, got[0].Extra)
	_, err = interchange.ReadRequests(iotest.ErrReader(io.ErrUnexpectedEOF))
	require.ErrorIs(t, err, interchange.ErrRead)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = interchange.ReadRequests(io.LimitReader(spaces{}, interchange.DocumentMax+5))
	require.ErrorIs(t, err, interchange.ErrTooLarge)
}

// spaces never ends.
type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

// anyRequest draws a request that can be written.
var anyRequest = rapid.Custom(func(t *rapid.T) interchange.Request {
	r := interchange.Request{
		ID: filled(t, "id"), Status: rapid.SampledFrom([]interchange.Status{interchange.Open, interchange.Closed}).Draw(t, "status"),
		ServiceCode: filled(t, "code"), Requested: anyTime.Draw(t, "requested"),
		Notes: anyText.Draw(t, "notes"), ServiceName: anyText.Draw(t, "name"), Agency: anyText.Draw(t, "agency"), Notice: anyText.Draw(t, "notice"),
		Address: anyText.Draw(t, "address"), AddressID: anyText.Draw(t, "address id"), Zipcode: anyText.Draw(t, "zipcode"), MediaURL: anyText.Draw(t, "media"),
		Description: "a" + rapid.StringOf(rapid.RuneFrom([]rune("ab\n\r\t<>&\"😀 "))).Draw(t, "description") + "b",
	}
	if rapid.Bool().Draw(t, "times") {
		r.Updated, r.Expected = anyTime.Draw(t, "updated"), anyTime.Draw(t, "expected")
	}
	if rapid.Bool().Draw(t, "place") {
		r.Point = &orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
	}
	return r
})

// writtenXML is a list as another library's reader of XML sees it: the twin.
type writtenXML struct {
	Requests []struct {
		ID        string `xml:"service_request_id"`
		Status    string `xml:"status"`
		Notes     string `xml:"status_notes"`
		Code      string `xml:"service_code"`
		Text      string `xml:"description"`
		Requested string `xml:"requested_datetime"`
		Lat       string `xml:"lat"`
	} `xml:"request"`
}

func requestProperty(t *rapid.T) {
	list := rapid.SliceOfN(anyRequest, 0, 4).Draw(t, "requests")
	for i := range list {
		list[i].Index = i
	}
	var asXML, asJSON bytes.Buffer
	require.NoError(t, interchange.WriteRequests(&asXML, interchange.XML, list))
	require.NoError(t, interchange.WriteRequests(&asJSON, interchange.JSON, list))
	for _, text := range []string{asXML.String(), asJSON.String()} {
		got, err := interchange.ReadRequests(strings.NewReader(text))
		require.NoError(t, err, text)
		require.Len(t, got, len(list))
		for i := range list {
			require.Empty(t, cmp.Diff(list[i], got[i]), text)
		}
	}
	var plain []map[string]any
	require.NoError(t, json.Unmarshal(asJSON.Bytes(), &plain))
	var twin writtenXML
	require.NoError(t, xml.Unmarshal(asXML.Bytes(), &twin))
	require.Len(t, plain, len(list))
	require.Len(t, twin.Requests, len(list))
	for i, r := range list {
		require.Len(t, plain[i], 17)
		require.Equal(t, r.ID, plain[i]["service_request_id"])
		require.Equal(t, r.Description, plain[i]["description"])
		require.Equal(t, r.ID, twin.Requests[i].ID)
		require.Equal(t, r.Description, twin.Requests[i].Text)
		at, err := time.Parse(time.RFC3339, twin.Requests[i].Requested)
		require.NoError(t, err)
		require.True(t, at.Equal(r.Requested))
		require.Equal(t, r.Notes == "", plain[i]["status_notes"] == nil)
		if r.Point != nil {
			require.Equal(t, r.Point.Lat(), plain[i]["lat"])
			require.Equal(t, r.Point.Lon(), plain[i]["long"])
		} else {
			require.Empty(t, twin.Requests[i].Lat)
			require.Nil(t, plain[i]["lat"])
		}
	}
}

func TestRequestRoundTrip(t *testing.T) { rapid.Check(t, requestProperty) }
func FuzzRequestRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(requestProperty)) }

// personalWord is put into every personal field and may come out nowhere.
const personalWord = "zhangsan-secret"

// checkRequests writes what was read, reads it again, and makes events of it.
func checkRequests(t require.TestingT, data []byte) {
	list, err := interchange.ReadRequests(bytes.NewReader(data))
	faultsOf(t, err)
	for _, format := range []interchange.Format{interchange.JSON, interchange.XML} {
		var b bytes.Buffer
		require.NoError(t, interchange.WriteRequests(&b, format, list))
		again, err := interchange.ReadRequests(&b)
		require.NoError(t, err)
		require.Len(t, again, len(list))
		for i, r := range list {
			r.Index, r.Personal, r.Extra = i, 0, nil
			require.Empty(t, cmp.Diff(r, again[i]))
		}
	}
	for _, r := range list {
		e, err := r.Event(interchange.Mapping{Other: "other", Prefix: "sf-", Channel: "open311", Media: "before", Due: true})
		if err != nil {
			faultsOf(t, err)
			require.Zero(t, e)
			continue
		}
		checkEventTaken(t, e)
	}
}

// checkEventTaken asks a Desk, which refuses a malformed event before it finds
// that no rules are installed.
func checkEventTaken(t require.TestingT, e dispatch.Event) {
	_, err := dispatch.NewDesk().Decide(time.UnixMilli(0), dispatch.Command{Do: dispatch.File{Event: e}})
	require.ErrorIs(t, err, dispatch.ErrNoSetup)
}

// FuzzReadRequests reads any bytes.
func FuzzReadRequests(f *testing.F) {
	for _, s := range []string{sampleXML, sampleJSON, "[]", "<service_requests/>", `[{"lat":1e400}]`, "<service_requests><request><lat>&#x10FFFE;</lat></request></service_requests>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRequests(t, data) })
}

// TestPersonalFieldsStayOut puts a name into every personal field, in both
// formats, and finds it nowhere.
func TestPersonalFieldsStayOut(t *testing.T) {
	var fields, elements strings.Builder
	for _, name := range []string{"email", "device_id", "account_id", "first_name", "last_name", "phone"} {
		fields.WriteString(`,"` + name + `":"` + personalWord + `"`)
		elements.WriteString("<" + name + ">" + personalWord + "</" + name + ">")
	}
	for _, text := range []string{
		`[{"service_request_id":"1","status":"open","service_code":"2","requested_datetime":"2010-04-14T06:37:38Z"` + fields.String() + `}]`,
		strings.Replace(sampleXML, "<phone>123</phone><first_name/>", elements.String(), 1),
	} {
		list, err := interchange.ReadRequests(strings.NewReader(text))
		require.NoError(t, err)
		last := list[len(list)-1]
		require.Equal(t, 6, last.Personal)
		e, err := last.Event(interchange.Mapping{Other: "other", Channel: "open311", Media: "before", Due: true})
		require.NoError(t, err)
		for _, v := range []any{last, e} {
			out, err := json.Marshal(v)
			require.NoError(t, err)
			require.NotContains(t, string(out), personalWord)
		}
	}
}

func TestWriteRequestsFaults(t *testing.T) {
	good := sampleRequests()[0]
	bad := interchange.Request{
		Status: "done", ServiceCode: strings.Repeat("a", 257), Notes: "\xff", Requested: time.Unix(0, 1),
		Updated: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), Point: &orb.Point{181, -91}, MediaURL: "a\x00",
	}
	var b bytes.Buffer
	err := interchange.WriteRequests(&b, "yaml", []interchange.Request{good, bad})
	requireFaults(t, "bad", []at{
		{1, "status_notes", interchange.ErrNotUTF8}, {1, "service_code", interchange.ErrTooLong}, {1, "requested_datetime", interchange.ErrTime},
		{1, "updated_datetime", interchange.ErrTime}, {1, "lat", interchange.ErrPoint}, {1, "long", interchange.ErrPoint}, {1, "media_url", interchange.ErrText},
		{1, "service_request_id", interchange.ErrMissing}, {1, "status", interchange.ErrStatus}, {-1, "", interchange.ErrNoFormat},
	}, err)
	require.Zero(t, b.Len())
	err = interchange.WriteRequests(&b, interchange.JSON, []interchange.Request{{ID: " ", Status: "open", ServiceCode: "1", Requested: good.Requested}})
	requireFaults(t, "spaces", []at{{0, "service_request_id", interchange.ErrMissing}}, err)
	broken := errors.New("broken pipe")
	err = interchange.WriteRequests(failing{broken}, interchange.XML, []interchange.Request{good})
	requireFaults(t, "writer", []at{{-1, "", interchange.ErrUnwritten}}, err)
	require.ErrorIs(t, err, broken)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
