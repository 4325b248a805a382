// Package cputime reads how much CPU time was used, where the machine tells.
package cputime

import (
	"time"

	"golang.org/x/sys/unix"
)

// Name says what Thread counts.
const Name = "CPU time of the thread"

// Thread is the CPU time that the calling thread has used. Call it on a
// locked thread.
func Thread() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// Preemptions is how often the calling thread was made to wait for another, after
// which its caches are cold.
func Preemptions() int64 {
	var u unix.Rusage
	if unix.Getrusage(unix.RUSAGE_THREAD, &u) != nil {
		return 0
	}
	return u.Nivcsw
}

// Process is the CPU time that all threads of the process have used, the
// garbage collector's among them.
func Process() time.Duration {
	var u unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
