package track_test

import (
	"time"

	"github.com/gridgov/gridgov/party/track"
)

var start = time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC)

// always is everybody on duty for ever.
type always struct{}

func (always) Duty(track.Code, time.Time) (bool, time.Time) { return true, time.Time{} }
