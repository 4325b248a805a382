//go:build !linux

package main

import "time"

// clockName says what threadTime counts. On a machine that does anything else at
// the same time, wall time is worth little.
const clockName = "wall time"

var started = time.Now()

func threadTime() time.Duration  { return time.Since(started) }
func preemptions() int64         { return 0 }
func processTime() time.Duration { return time.Since(started) }
