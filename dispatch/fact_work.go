package dispatch

// Assigned records whom the party that answers sent (派员), in place of anybody before.
type Assigned struct {
	People   []Sent `json:"people"`
	Override string `json:"override,omitzero"` // why an old position, or none, was good enough
}

func (Assigned) fact() string { return "assigned" }
