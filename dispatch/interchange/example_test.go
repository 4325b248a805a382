package interchange_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/interchange"
)

// The desk of Guanlan tells the city's message bus that a case was acknowledged.
func ExampleEncode() {
	entry := dispatch.Entry{Seq: 17, At: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), Case: "C1", Fact: dispatch.Acknowledged{}}
	text, _ := interchange.Encode(entry, interchange.Envelope{Source: "https://guanlan.example/desk", Stream: "guanlan"})
	fmt.Println(string(text))

	back, envelope, err := interchange.Decode(text)
	fmt.Println(back.Seq, dispatch.FactName(back.Fact), envelope.Stream, envelope.Subject, err)

	_, _, err = interchange.Decode([]byte(strings.Replace(string(text), "guanlan/17", "guanlan/18", 1)))
	fmt.Println(err)
	// Output:
	// {"specversion":"1.0","id":"guanlan/17","source":"https://guanlan.example/desk","type":"org.gridgov.dispatch.acknowledged.v1","subject":"C1","time":"2026-03-02T01:00:00.000Z","datacontenttype":"application/json","data":{"format":1,"seq":17,"at":"2026-03-02T01:00:00.000Z","case":"C1","fact":"acknowledged","body":{}}}
	// 17 acknowledged guanlan C1 <nil>
	// interchange: id: "18", but the entry says "17"
}

// A report comes in from the city's endpoint, with a telephone number that stays
// outside.
func ExampleReadRequests() {
	list, err := interchange.ReadRequests(strings.NewReader(`[
		{"service_request_id": 638344, "status": "open", "service_code": "006", "phone": "13800138000",
		 "requested_datetime": "2026-03-02T09:00:00+08:00", "lat": 22.72, "long": 114.05},
		{"service_request_id": 638345, "status": "maybe", "service_code": "006", "lat": 122.72}
	]`))
	fmt.Println(err)
	mapping := interchange.Mapping{Matters: map[string]dispatch.Code{"006": "市容.垃圾堆放"}, Prefix: "city-", Channel: "open311"}
	for _, r := range list {
		e, err := r.Event(mapping)
		fmt.Println(e.ID, e.Matter, *e.Point, r.Personal, err)
	}
	// Output:
	// interchange: item 1: long: missing; item 1: requested_datetime: missing; item 1: status: "maybe"; there are open and closed
	// city-638344 市容.垃圾堆放 [114.05 22.72] 1 <nil>
}

// What the public sees of a case.
func ExampleFromCase() {
	c := dispatch.Case{
		ID: "C1", State: dispatch.StateInProgress, Event: dispatch.Event{Matter: "市容.垃圾堆放", Point: &orb.Point{114.05, 22.72}},
		FiledAt: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), StartedAt: time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC),
	}
	r := interchange.FromCase(c, interchange.Publication{Lang: "zh", Services: map[dispatch.Code]string{"市容.垃圾堆放": "暴露垃圾"}})
	if err := interchange.WriteRequests(os.Stdout, interchange.XML, []interchange.Request{r}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <service_requests>
	// <request>
	// <service_request_id>C1</service_request_id>
	// <status>open</status>
	// <status_notes>处置中。</status_notes>
	// <service_name>暴露垃圾</service_name>
	// <service_code>市容.垃圾堆放</service_code>
	// <description></description>
	// <agency_responsible></agency_responsible>
	// <service_notice></service_notice>
	// <requested_datetime>2026-03-02T01:00:00Z</requested_datetime>
	// <updated_datetime>2026-03-02T02:00:00Z</updated_datetime>
	// <expected_datetime></expected_datetime>
	// <address></address>
	// <address_id></address_id>
	// <zipcode></zipcode>
	// <lat>22.72</lat>
	// <long>114.05</long>
	// <media_url></media_url>
	// </request>
	// </service_requests>
}

// The services of a street are its matters.
func ExampleServices() {
	services := interchange.Services([]dispatch.Matter{{Code: "06", Name: "市容环境类"}, {Code: "06001", Name: "私搭乱建"}})
	if err := interchange.WriteServices(os.Stdout, interchange.JSON, services); err != nil {
		fmt.Println(err)
	}
	// Output:
	// [
	// {"service_code":"06","service_name":"市容环境类","description":null,"metadata":false,"type":"realtime","keywords":null,"group":null},
	// {"service_code":"06001","service_name":"私搭乱建","description":null,"metadata":false,"type":"realtime","keywords":null,"group":"市容环境类"}
	// ]
}
