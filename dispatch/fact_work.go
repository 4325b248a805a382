package dispatch

// Assigned records whom the party that answers sent (派员), in place of anybody before.
type Assigned struct {
	People   []Sent `json:"people"`
	Override string `json:"override,omitzero"` // why an old position, or none, was good enough
}

// VerifyWaived records that a self-handled case is not in the sample that somebody else
// verifies, and that it was shown before and after (免核查).
type VerifyWaived struct {
	Sample int    `json:"sample"` // of 10,000, as Matter.VerifySample
	Reason string `json:"reason"` // WaivedUnsampled
}

// WaivedUnsampled is why a verification is waived: the case is not in the sample.
const WaivedUnsampled = "unsampled"

// ReworksSpent records that the lead had to do it again as often as Policy.Reworks
// allows, and that the case is the duty desk's, which dispatches it anew, takes it to
// the dispute ladder or does it itself (返工超限).
type ReworksSpent struct {
	Limit int  `json:"limit"`
	Lead  Code `json:"lead,omitzero"` // who had it
}

func (Assigned) fact() string     { return "assigned" }
func (VerifyWaived) fact() string { return "verify_waived" }
func (ReworksSpent) fact() string { return "reworks_spent" }
