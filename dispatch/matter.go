package dispatch

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"github.com/gridgov/gridgov/internal/code"
)

// Covers reports whether a rule for prefix speaks of matter: prefix is Any, the
// matter itself, or one of the matters above it as ParentMatter climbs. It is
// reflexive and transitive. O(length of matter).
func Covers(prefix, matter Code) bool {
	if prefix == Any || prefix == matter {
		return true
	}
	if prefix == "" || len(prefix) >= len(matter) || matter[:len(prefix)] != prefix {
		return false
	}
	return matter[len(prefix)] == '.' || len(prefix) < digitsAhead(matter)
}

// ParentMatter is the matter one step above c, or "" when c is at the top: a
// dotted code loses its last segment, an all-digit code its last digit, any
// other code stands alone. Whatever c is, the answer is a shorter prefix of it.
func ParentMatter(c Code) Code {
	if cut := strings.LastIndexByte(string(c), '.'); cut >= 0 {
		return c[:cut]
	}
	if len(c) > 1 && isDigits(c) {
		return c[:len(c)-1]
	}
	return ""
}

// MatterDepth is how far down its tree c stands, which is what "longer matter"
// means in the precedence of rules: segments of a dotted code, digits of an
// all-digit code, 1 for any other, 0 for Any and for no code. A dotted code
// whose first segment is all digits counts those digits too.
func MatterDepth(c Code) int {
	if c == Any || c == "" {
		return 0
	}
	return 1 + strings.Count(string(c[1:]), ".") + max(0, digitsAhead(c)-1)
}

// digitsAhead is the length of c's first segment when it is all digits, else 0.
func digitsAhead(c Code) int {
	first, _, _ := strings.Cut(string(c), ".")
	if !isDigits(Code(first)) {
		return 0
	}
	return len(first)
}

func isDigits(c Code) bool {
	for i := range len(c) {
		if c[i] < '0' || c[i] > '9' {
			return false
		}
	}
	return c != ""
}

// digestWork writes what the matter asks of those who work on a case, nothing when it
// asks nothing, so that a list of before keeps its hash.
func (m *Matter) digestWork(h io.Writer) {
	if len(m.Skills) > 0 || m.Enforcement || m.VerifySample != 0 {
		fmt.Fprintf(h, "work %q %t %d\n", m.Skills, m.Enforcement, m.VerifySample)
	}
	if len(m.Evidence) > 0 || len(m.Outcomes) > 0 {
		fmt.Fprintf(h, "ends %q %q\n", m.Evidence, m.Outcomes)
	}
}

// KnownOutcomes are what a case of the matter may be closed as: its Outcomes, else of a
// mediation MediationOutcomes; none is anything. They must not be modified.
func (m Matter) KnownOutcomes() []string {
	if len(m.Outcomes) == 0 && m.Kind == MediationKind {
		return MediationOutcomes()
	}
	return m.Outcomes
}

// Sampled reports whether a self-handled case is in the sample (抽查) of so many of
// 10,000: the first eight bytes of the SHA-256 of its id, as a big-endian number,
// modulo 10,000, are below it. 0 is all. The sample hangs on nothing but the id, so
// that anybody can check it afterwards; whoever could choose the id of a case could
// choose whether it is looked at, so ids are for the host to give.
func Sampled(id Code, basisPoints int) bool {
	if basisPoints == 0 {
		return true
	}
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:8])%SampleAll < uint64(max(basisPoints, 0))
}

// askable reports whether c can be the matter of a Query. A code a list could
// never hold is an unknown matter in every list; the bound also keeps climbing
// from a hostile code short.
func askable(c Code) bool { return c != "" && c != Any && len(c) <= code.LenMax }
