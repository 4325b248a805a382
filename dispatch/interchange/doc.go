// Package interchange carries what a Desk records to other systems and brings in
// what they report: CloudEvents 1.0 in JSON, one event or a batch, for every
// dispatch.Entry, and Open311 GeoReport v2 service requests in JSON and XML. All
// functions are pure and safe for concurrent use; the package opens no connection.
//
// # CloudEvents
//
// Encode writes one Entry in the structured mode, media type EventMedia:
//
//	{"specversion":"1.0","id":"guanlan/17","source":"https://guanlan.example/desk",
//	 "type":"org.gridgov.dispatch.case_filed.v1","subject":"C1",
//	 "time":"2026-03-02T01:00:00.000Z","datacontenttype":"application/json","data":{…}}
//
// The type is TypePrefix, the name of the fact, and ".v" with the number of the
// entry's format, for every fact in dispatch.Facts. The id is the stream, a slash
// and the entry's number in it, so the same entry has the same id whenever it is
// sent; without a stream it is the number alone. The time is the entry's, in UTC
// with milliseconds. The data is the entry as its MarshalJSON writes it. Decode
// reads that back and refuses an event whose attributes contradict its data.
// CloudEvent itself reads and writes events of any type.
//
// Reading is as strict as the specification lets it be: the required attributes,
// names of a to z and 0 to 9 in at most NameLenMax characters, the types and
// texts that attributes may have, no member twice, UTF-8. A null attribute is
// unset. Extension attributes are kept. An entry with much evidence may be larger
// than the 64 KiB that every intermediary must forward.
//
// # Open311
//
// ReadRequests reads the service requests of a city's endpoint; Request.Event
// makes the report that dispatch.File takes. FromCase, WriteRequests, Services
// and WriteServices go the other way. The specification knows two statuses, open
// and closed; what is between them stands in status_notes.
//
// The fields email, device_id, account_id, first_name, last_name and phone are
// never kept, not even in a Request: they are dropped and counted. The
// description and the address, which somebody may have written a name into, are
// in the Request and never reach the dispatch.Event.
//
// # Sources
//
// CloudEvents 1.0.2 and its JSON Event Format (CNCF); GeoReport v2
// (wiki.open311.org/GeoReport_v2); RFC 3339, RFC 3986, W3C NOTE-datetime.
package interchange
