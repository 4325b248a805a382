package street

import (
	"encoding/json"
	"strconv"
	"time"
)

// instantLayout is how an entry's instant is written.
const instantLayout = "2006-01-02T15:04:05.000Z"

// encodeEntry writes an entry as encoding/json would, member for member, but
// without passing the inner entry through a second encoder, which would read all
// of it again.
func encodeEntry(e Entry) ([]byte, error) {
	buf := append(make([]byte, 0, 512), `{"seq":`...)
	buf = strconv.AppendUint(buf, e.Seq, 10)
	buf = append(buf, `,"at":"`...)
	buf = e.At.UTC().AppendFormat(buf, instantLayout)
	buf = append(buf, '"')
	if !e.keyless() {
		for _, sum := range []struct{ name, text string }{{`,"key":"`, e.Key.String()}, {`,"sum":"`, e.Sum.String()}} {
			buf = append(append(append(buf, sum.name...), sum.text...), '"')
		}
	}
	part := func(name string, data []byte, err error) error {
		buf = append(append(append(buf, `,"`...), name...), `":`...)
		buf = append(buf, data...)
		return err
	}
	if e.Desk != nil {
		data, err := e.Desk.MarshalJSON()
		if err := part("desk", data, err); err != nil {
			return nil, err
		}
	}
	if e.Book != nil {
		data, err := e.Book.MarshalJSON()
		if err := part("book", data, err); err != nil {
			return nil, err
		}
	}
	if e.Council != nil {
		data, err := e.Council.MarshalJSON()
		if err := part("council", data, err); err != nil {
			return nil, err
		}
	}
	if e.Rounds != nil {
		data, err := e.Rounds.MarshalJSON()
		if err := part("rounds", data, err); err != nil {
			return nil, err
		}
	}
	if e.Refused != nil {
		data, err := json.Marshal(e.Refused)
		if err := part("refused", data, err); err != nil {
			return nil, err
		}
	}
	return append(buf, '}'), nil
}

func (e Entry) keyless() bool { return e.Key == e.Sum && e.Key.IsZero() }

// decodeEntries reads the body of a record.
func decodeEntries(body []byte) ([]Entry, error) {
	var envelope struct {
		Format  int     `json:"format"`
		Entries []Entry `json:"entries"`
	}
	err := json.Unmarshal(body, &envelope)
	return envelope.Entries, err
}

// stamp writes an instant for a table, in zone; nothing for the zero instant.
func stamp(at time.Time, zone *time.Location) string {
	if at.IsZero() {
		return ""
	}
	return at.In(zone).Format(time.RFC3339)
}
