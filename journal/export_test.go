package journal

import "encoding/json"

// Decode reads a body whose entries are any JSON.
func Decode(body []byte) ([]json.RawMessage, error) {
	codec := Codec[struct{}, json.RawMessage]{Format: 1}
	return codec.decode(body)
}

// Encode writes a body.
func Encode(entries []json.RawMessage) ([]byte, error) {
	codec := Codec[struct{}, json.RawMessage]{Format: 1}
	return codec.encode(entries)
}
