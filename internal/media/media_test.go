package media_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/media"
)

func TestIsType(t *testing.T) {
	for s, want := range map[string]bool{
		"image/jpeg": true, "application/vnd.gridgov+json": true, "A/b": true,
		"": false, "image": false, "image/": false, "/jpeg": false, "a/b/c": false, "a/b; c=d": false, "a /b": false, "图/片": false, "a/b\x7f": false,
	} {
		require.Equal(t, want, media.IsType(s), "%q", s)
	}
}
