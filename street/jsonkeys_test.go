package street

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRepeatedKey(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,"b":2}`: "", `{"a":{"a":1},"b":["a","a"]}`: "", `{"a":"a","b":"a"}`: "", `[{"a":1},{"a":1}]`: "", `"a"`: "", ``: "",
		`{"a":1,"a":2}`: "a", `{"x":{"a":"a","a":1}}`: "a", `{"a":[{}],"a":null}`: "a", `[{"k":{},"k":{}}]`: "k", `{"a":1,"\u0061":2}`: "a",
	} {
		got, twice := repeatedKey([]byte(text))
		require.Equal(t, want, got, text)
		require.Equal(t, want != "", twice, text)
	}
}
