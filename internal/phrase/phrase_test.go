package phrase_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/phrase"
)

func TestText(t *testing.T) {
	c := phrase.Catalog{"gap": {"nobody leads {0} in {1}", "{1}的{0}无人主办"}}
	require.Equal(t, "nobody leads waste in G1", c.Text("en", "gap", "waste", "G1"))
	require.Equal(t, "G1的waste无人主办", c.Text("zh", "gap", "waste", "G1"))
	require.Equal(t, "nobody leads {1} in x", c.Text("", "gap", "{1}", "x"), "an argument is not read as a hole")
	require.Equal(t, "lost a b", c.Text("en", "lost", "a", "b"), "what is not in the catalogue is still shown")
}
