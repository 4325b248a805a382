//go:build !linux

package cputime

import "time"

// Name says what Thread counts. On a machine that does anything else at
// the same time, wall time is worth little.
const Name = "wall time"

var started = time.Now()

func Thread() time.Duration  { return time.Since(started) }
func Preemptions() int64     { return 0 }
func Process() time.Duration { return time.Since(started) }
