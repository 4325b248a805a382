package street_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/street"
)

// A file that is no text is told of in the reader's language, and once.
func TestWordsOfEncodings(t *testing.T) {
	for _, c := range []struct{ text, en, zh string }{
		{"code,name\np1,\xff\xff\n", "people.csv:2:4: cannot be read as text: text is neither UTF-8 nor GB18030", "people.csv:2:4: 无法读作文本：既不是UTF-8，也不是GB18030"},
		{"\xff\xfec\x00o\x00", "people.csv:1:1: cannot be read as text: text is UTF-16; save it as UTF-8", "people.csv:1:1: 无法读作文本：是UTF-16编码，请另存为UTF-8"},
	} {
		folder := standardFolder()
		set(folder, "people.csv", c.text)
		_, err := street.Load(folder, options)
		var load *street.LoadError
		require.ErrorAs(t, err, &load)
		require.Contains(t, load.Text("en"), c.en)
		require.Contains(t, load.Text("zh"), c.zh)
	}
}
