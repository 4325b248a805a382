package interchange_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/interchange"
)

// specEvent is the head that the examples of the JSON Event Format share.
func specEvent(id, rest string) string {
	return `{"specversion" : "1.0", "type" : "com.example.someevent", "source" : "/mycontext", "id" : "` + id + `",
		"time" : "2018-04-05T17:31:00Z", "comexampleextension1" : "value", "comexampleothervalue" : 5` + rest + "}"
}

// TestSpecificationExamples reads the examples of the JSON Event Format 1.0.2,
// where "... base64 encoded string ..." stands for what it says.
func TestSpecificationExamples(t *testing.T) {
	want := interchange.CloudEvent{
		Type: "com.example.someevent", Source: "/mycontext", Time: time.Date(2018, 4, 5, 17, 31, 0, 0, time.UTC),
		Extensions: map[string]any{"comexampleextension1": "value", "comexampleothervalue": int32(5)},
	}
	var batch []string
	var list []interchange.CloudEvent
	for id, c := range map[string]struct {
		rest string
		set  func(e *interchange.CloudEvent)
	}{
		"A234-1234-1234": {`, "datacontenttype" : "application/vnd.apache.thrift.binary", "data_base64" : "AQIDBA=="`, func(e *interchange.CloudEvent) {
			e.ContentType, e.Binary = "application/vnd.apache.thrift.binary", []byte{1, 2, 3, 4}
		}},
		"B234-1234-1234": {`, "unsetextension": null, "datacontenttype" : "application/xml", "data" : "<much wow=\"xml\"/>"`, func(e *interchange.CloudEvent) {
			e.ContentType, e.Data = "application/xml", json.RawMessage(`"<much wow=\"xml\"/>"`)
		}},
		"C234-1234-1234": {`, "subject": null, "datacontenttype" : "application/json", "data" : {"appinfoA" : "abc", "appinfoB" : 123, "appinfoC" : true}`, func(e *interchange.CloudEvent) {
			e.ContentType, e.Data = "application/json", json.RawMessage(`{"appinfoA" : "abc", "appinfoB" : 123, "appinfoC" : true}`)
		}},
		"D234-1234-1234": {`, "subject": null, "data" : "I'm just a string"`, func(e *interchange.CloudEvent) {
			e.Data = json.RawMessage(`"I'm just a string"`)
		}},
		"E234-1234-1234": {`, "data" : null`, func(e *interchange.CloudEvent) { e.Data = json.RawMessage(`null`) }},
		"F234-1234-1234": {``, func(*interchange.CloudEvent) {}},
	} {
		want := want
		want.ID = id
		c.set(&want)
		var got interchange.CloudEvent
		text := specEvent(id, c.rest)
		require.NoError(t, got.UnmarshalJSON([]byte(text)), id)
		require.Empty(t, cmp.Diff(want, got), id)
		batch, list = append(batch, text), append(list, want)
		written, err := got.MarshalJSON()
		require.NoError(t, err)
		var again interchange.CloudEvent
		require.NoError(t, json.Unmarshal(written, &again))
		rewritten, err := again.MarshalJSON()
		require.NoError(t, err)
		require.Equal(t, string(written), string(rewritten))
	}
	got, err := interchange.ReadBatch([]byte("[" + strings.Join(batch, ",\n") + "]"))
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(list, got))
	got, err = interchange.ReadBatch([]byte(" [ ] "))
	require.NoError(t, err)
	require.Empty(t, got)
}

// verdict is one member of an event and what is wrong with it.
type verdict struct {
	name, raw string
	err       error
}

// verdicts are members by name, written from the specification.
var verdicts = func() map[string][]verdict {
	long, bad := strings.Repeat("a", 20), interchange.ErrType
	all := map[string][]verdict{}
	add := func(name string, err error, raws ...string) {
		for _, raw := range raws {
			all[name] = append(all[name], verdict{name, raw, err})
		}
	}
	text := []string{`""`, `5`, `true`, `{}`, `[]`}
	for _, name := range []string{"id", "source", "type", "subject", "datacontenttype", "dataschema"} {
		add(name, bad, text...)
		add(name, interchange.ErrText, `"a\u0000b"`, `"\u007f"`, `"\ufdd0"`)
		add(name, interchange.ErrNotUTF8, `"\ud800"`, `"a\udc00b"`, `"\ud800\ud800"`)
	}
	add("specversion", bad, text...)
	add("specversion", nil, `"1.0"`, `"1.0"`, `"1.0"`, `"\u0031.0"`)
	add("specversion", interchange.ErrVersion, `"0.3"`, `"1"`, `"1.0.2"`, `"1.0 "`)
	add("id", nil, `"A1"`, `"a b"`, `"\ud83d\ude00"`, `"\ufffd"`, `"\\ud800"`)
	add("type", nil, `"com.example"`, `"x"`)
	add("subject", nil, `null`, `"mynewfile.jpg"`)
	add("source", nil, `"/"`, `"urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66"`, `"cloudevents/spec/pull/123"`, `"1-555-123-4567"`, `"#a"`, `"a%2Fb"`)
	add("source", interchange.ErrURI, `"a b"`, `"é"`, `"a%2"`, `"a%zz"`, `"<"`, `"1:2"`, `"%"`)
	add("dataschema", nil, `null`, `"https://a.example/b"`, `"urn:a"`)
	add("dataschema", interchange.ErrURI, `"/a"`, `"a"`, `"https://a b"`)
	add("datacontenttype", nil, `null`, `"application/json"`, `"text/JSON;charset=utf-8"`, `"a/b+json; x=\"y z\""`)
	add("datacontenttype", interchange.ErrMedia, `"json"`, `"/json"`, `"a/"`, `"a/b;c"`, `"a/b c"`, `"é/json"`)
	add("time", nil, `null`, `"2018-04-05T17:31:00Z"`, `"2018-04-05t17:31:00.123456z"`, `"2018-04-05T17:31:00+08:00"`)
	add("time", interchange.ErrTime, `""`, `"2018-04-05"`, `"2018-04-05T17:31:00"`, `"2018-04-05 17:31:00Z"`, `"2018-02-30T17:31:00Z"`, `"2018-04-05T7:31:00Z"`, `"0001-01-01T00:00:00Z"`, `"2018-04-05T17:31:00,5Z"`, `"9999-12-31T23:00:00-01:00"`, `"0001-01-01T00:00:00+01:00"`, `"2018-04-05T17:31:00.Z"`, `"2018-04-05T17:31:00+0800"`)
	add("time", bad, `0`, `{}`)
	add("data", nil, `null`, `"x"`, `{"a":1}`, `[1.50]`)
	add("ext1", nil, `null`, `true`, `false`, `-2147483648`, `2147483647`, `0`, `"x"`, `""`)
	add("ext1", bad, `2147483648`, `-2147483649`, `1.0`, `1e2`, `{}`, `[]`)
	add("ext1", interchange.ErrText, `"\n"`)
	add(long, nil, `1`)
	for _, name := range []string{long + "a", "Ext", "a_b", "", "é", "specVersion", "ID", "data_base32", "a-b"} {
		add(name, interchange.ErrName, `1`, `"x"`)
		add(name, nil, `null`)
	}
	return all
}()

// drawn is a document of members drawn from the verdicts, and its faults.
func drawn(t *rapid.T) (string, []at) {
	names := []string{}
	for _, name := range []string{"specversion", "id", "source", "type"} {
		if rapid.IntRange(0, 9).Draw(t, "has "+name) > 0 {
			names = append(names, name)
		}
	}
	var others []string
	for name := range verdicts {
		if !slices.Contains([]string{"specversion", "id", "source", "type"}, name) {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	names = append(names, rapid.SliceOfNDistinct(rapid.SampledFrom(others), 0, 5, rapid.ID).Draw(t, "others")...)
	names = rapid.Permutation(names).Draw(t, "order")
	var parts []string
	var early, uri, late []at
	there := map[string]bool{}
	for _, name := range names {
		all := verdicts[name]
		good := slices.DeleteFunc(slices.Clone(all), func(v verdict) bool { return v.err != nil })
		v := rapid.SampledFrom(good).Draw(t, name)
		if rapid.IntRange(0, 4).Draw(t, "any") == 0 {
			v = rapid.SampledFrom(all).Draw(t, name+" any")
		}
		parts = append(parts, fmt.Sprintf("%q:%s", v.name, v.raw))
		there[name] = true
		switch {
		case v.err == nil:
		case v.err == interchange.ErrURI || v.err == interchange.ErrMedia || v.err == interchange.ErrVersion:
			uri = append(uri, at{-1, v.name, v.err})
		default:
			early = append(early, at{-1, v.name, v.err})
		}
	}
	for _, name := range []string{"id", "source", "type", "specversion"} {
		if !there[name] {
			late = append(late, at{-1, name, interchange.ErrMissing})
		}
	}
	return "{" + strings.Join(parts, " , ") + "}", slices.Concat(early, uri, late)
}

// TestEveryVerdict puts each member into an event that is good otherwise.
func TestEveryVerdict(t *testing.T) {
	for name, all := range verdicts {
		for _, v := range all {
			text := fmt.Sprintf("{%q:%s", v.name, v.raw)
			for _, required := range []string{`"specversion":"1.0"`, `"id":"a"`, `"source":"/"`, `"type":"b"`} {
				if !strings.HasPrefix(required, `"`+name+`"`) {
					text += "," + required
				}
			}
			var e interchange.CloudEvent
			err := e.UnmarshalJSON([]byte(text + "}"))
			if v.err != nil {
				requireFaults(t, text, []at{{-1, name, v.err}}, err)
				continue
			}
			require.NoError(t, err, text)
			checkEvent(t, e)
		}
	}
}

func cloudEventProperty(t *rapid.T) {
	text, want := drawn(t)
	var e interchange.CloudEvent
	err := e.UnmarshalJSON([]byte(text))
	var got []at
	for _, f := range faultsOf(t, err) {
		if f.Err != interchange.ErrData { // hangs on two members: in TestData
			got = append(got, f)
		}
	}
	order := func(a, b at) int { return strings.Compare(a.String(), b.String()) }
	slices.SortFunc(want, order)
	slices.SortFunc(got, order)
	require.Equal(t, want, got, text)
	if err != nil {
		require.Zero(t, e)
		return
	}
	checkEvent(t, e)
}

func TestCloudEventAgainstVerdicts(t *testing.T) { rapid.Check(t, cloudEventProperty) }
func FuzzCloudEventAgainstVerdicts(f *testing.F) { f.Fuzz(rapid.MakeFuzz(cloudEventProperty)) }

// checkEvent writes an event that was read and reads it back.
func checkEvent(t require.TestingT, e interchange.CloudEvent) {
	text, err := e.MarshalJSON()
	require.NoError(t, err)
	var back interchange.CloudEvent
	require.NoError(t, back.UnmarshalJSON(text), string(text))
	again, err := back.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
	e.Data, back.Data = nil, nil // compacted
	require.Empty(t, cmp.Diff(e, back))
	var plain map[string]any // what another library reads
	require.NoError(t, json.Unmarshal(text, &plain))
	require.Equal(t, e.ID, plain["id"])
}

func TestData(t *testing.T) {
	for rest, want := range map[string]error{
		`, "data":1, "data_base64":"AQ=="`:                     interchange.ErrData,
		`, "data":1, "data_base64":null`:                       nil,
		`, "data_base64":""`:                                   nil,
		`, "data_base64":"AQ="`:                                interchange.ErrData,
		`, "data_base64":"AQ"`:                                 interchange.ErrData,
		`, "data_base64":"AR=="`:                               interchange.ErrData, // bits that are not zero
		`, "data_base64":7`:                                    interchange.ErrType,
		`, "datacontenttype":"text/plain", "data":{}`:          interchange.ErrData,
		`, "datacontenttype":"text/plain", "data":"a"`:         nil,
		`, "datacontenttype":"text/plain", "data":null`:        interchange.ErrData,
		`, "datacontenttype":"text/json+xml", "data":null`:     interchange.ErrData,
		`, "datacontenttype":"text/xml+json;a=b", "data":null`: nil,
		`, "data":1, "data":1`:                                 interchange.ErrDuplicate,
		`, "id":"again"`:                                       interchange.ErrDuplicate,
	} {
		var e interchange.CloudEvent
		err := e.UnmarshalJSON([]byte(specEvent("A", rest)))
		if want == nil {
			require.NoError(t, err, rest)
			checkEvent(t, e)
			continue
		}
		require.ErrorIs(t, err, want, rest)
		require.Len(t, faultsOf(t, err), 1, rest)
	}
}

func TestNoEvent(t *testing.T) {
	many := strings.Builder{}
	for i := range 300 {
		fmt.Fprintf(&many, `,"a%d":1`, i)
	}
	for text, want := range map[string]error{
		"": interchange.ErrSyntax, "nul": interchange.ErrSyntax, "[]": interchange.ErrShape, "null": interchange.ErrShape, `"a"`: interchange.ErrShape,
		"{": interchange.ErrSyntax, `{"id":`: interchange.ErrSyntax, `{"id":1,}`: interchange.ErrSyntax, `{"id":"a"}{}`: interchange.ErrSyntax,
		"{\"id\":\"\xff\"}": interchange.ErrNotUTF8, specEvent("A", many.String()): interchange.ErrTooLarge,
	} {
		e := interchange.CloudEvent{ID: "kept"}
		err := e.UnmarshalJSON([]byte(text))
		require.ErrorIs(t, err, want, text)
		require.Equal(t, interchange.CloudEvent{ID: "kept"}, e)
		_, _, err = interchange.Decode([]byte(text))
		require.ErrorIs(t, err, want, text)
	}
	for text, want := range map[string]error{
		"": interchange.ErrSyntax, "{}": interchange.ErrShape, "[": interchange.ErrSyntax, "[{}": interchange.ErrSyntax, "[1]": interchange.ErrShape,
		"[] []": interchange.ErrSyntax, "[{},]": interchange.ErrSyntax, "\xff": interchange.ErrNotUTF8,
	} {
		_, err := interchange.ReadBatch([]byte(text))
		require.ErrorIs(t, err, want, text)
		faultsOf(t, err)
	}
}

// TestFaultsAreCapped: a batch that is wrong everywhere has a short answer.
func TestFaultsAreCapped(t *testing.T) {
	_, err := interchange.ReadBatch([]byte("[" + strings.Repeat("{},", 99) + "{}]"))
	all := err.(*interchange.Error)
	require.Len(t, all.Faults, interchange.FaultsMax)
	require.Equal(t, 300, all.More)
	require.Equal(t, 24, all.Faults[99].Index)
	require.Contains(t, all.Text("zh"), "另有300处错误")
}

// FuzzDecode reads any bytes as an event, a batch and an entry.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{ackText, "[" + ackText + "]", specEvent("A", `,"data_base64":"AQ=="`), specEvent("B", `,"data":[1]`), "{}", `{"id":"\ud800"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e interchange.CloudEvent
		if err := e.UnmarshalJSON(data); err == nil {
			checkEvent(t, e)
		} else {
			faultsOf(t, err)
		}
		if entry, envelope, err := interchange.Decode(data); err == nil {
			checkRoundTrip(t, entry, envelope)
		} else {
			faultsOf(t, err)
		}
		list, err := interchange.ReadBatch(data)
		if err != nil {
			faultsOf(t, err)
			return
		}
		text, err := interchange.WriteBatch(list)
		require.NoError(t, err)
		again, err := interchange.ReadBatch(text)
		require.NoError(t, err)
		require.Len(t, again, len(list))
	})
}
