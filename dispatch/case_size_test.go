package dispatch

import (
	"testing"
	"unsafe"
)

// TestCaseFitsItsSizeClass: the next larger class of the allocator has 64 bytes more.
func TestCaseFitsItsSizeClass(t *testing.T) {
	if size := unsafe.Sizeof(caseState{}); size > 512 {
		t.Fatalf("a case has %d bytes", size)
	}
}
