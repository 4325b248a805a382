// Package phrase turns message codes and arguments into Chinese or English.
// Facts, findings and refusals hold only the code and the arguments.
package phrase

import (
	"strconv"
	"strings"
)

// Catalog maps a message code to its English and its Chinese text. {0}, {1} …
// stand for the arguments.
type Catalog map[string][2]string

// Text is the message in lang: "zh" is Chinese, anything else English. A code
// that the catalog lacks is shown as itself with its arguments, so nothing is
// ever hidden; a test per package proves that none is lacking.
func (c Catalog) Text(lang, code string, args ...string) string {
	texts, ok := c[code]
	if !ok {
		return strings.TrimSpace(code + " " + strings.Join(args, " "))
	}
	text := texts[0]
	if lang == "zh" {
		text = texts[1]
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
