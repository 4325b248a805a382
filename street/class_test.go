package street_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/street"
)

// classFindings are the findings about classes, as they are told.
func classFindings(t require.TestingT, folder map[string]string, strict bool) []string {
	f := wholeFolder()
	for name, text := range folder {
		set(f, name, text)
	}
	if strict {
		edit(f, "street.json", `"format": 1,`, `"format": 1, "strict": true,`)
	}
	got, err := street.Load(f, options)
	require.NoError(t, err)
	var told []string
	for _, x := range got.Findings {
		if slices.Contains([]string{"idle-class", "idle-layer", "stray-class", "crossing"}, x.Code) {
			told = append(told, x.Sentence("en"), x.Sentence("zh"))
		}
	}
	return told
}

// What a rule or a feature says of classes that the street does not have is told where
// it stands, with the classes there are.
func TestClassesNobodyHas(t *testing.T) {
	list := "id,role,matter,party,class,budget\nX,lead,*,station,,3wd\nA,lead,*,squad,roads=Main,2wd\nB,assist,*,squad,streets=main,\nC,assist,*,squad,houses=rental,\nD,assist,*,squad,roads=main,\n"
	require.Equal(t, []string{
		"warning: duties.csv:3:16: class roads=Main: layer roads has no class Main, so the rule never applies; its classes are main, lane",
		"提示： duties.csv:3:16: class的值roads=Main：图层roads没有类别Main，该规则永不适用；已有类别为main, lane",
		"warning: duties.csv:4:18: class streets=main: street.json has no layer streets, so the rule never applies; its layers are roads, houses",
		"提示： duties.csv:4:18: class的值streets=main：street.json中没有图层streets，该规则永不适用；已有图层为roads, houses",
	}, classFindings(t, map[string]string{"duties.csv": list}, false))
	require.Contains(t, classFindings(t, map[string]string{"duties.csv": list}, true)[0], "error: duties.csv:3:16")

	roads := `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"R1","class":"Lane","width_m":6},"geometry":{"type":"LineString","coordinates":[[114.00,22.71],[114.04,22.71]]}},
{"type":"Feature","properties":{"code":"R2","class":"Lane","width_m":6},"geometry":{"type":"LineString","coordinates":[[114.00,22.71],[114.04,22.71]]}}
]}`
	list = "id,role,matter,party,class,budget\nX,lead,*,station,,3wd\nA,lead,*,squad,roads=Lane,2wd\n"
	require.Equal(t, []string{
		"warning: layers/roads.geojson:2:45: class Lane is not among the classes of layer roads in street.json (main, lane) and stands after them all; features: 2",
		"提示： layers/roads.geojson:2:45: class的值Lane不在street.json为图层roads列出的类别（main, lane）中，排在其后；要素2个",
	}, classFindings(t, map[string]string{"layers/roads.geojson": roads, "duties.csv": list}, false))
}

// TestIdleClasses: a rule's class is told exactly when its layer neither declares it
// nor has a feature of it, and a tie that needs two classes of one layer never is.
func TestIdleClasses(t *testing.T) { rapid.Check(t, idleClasses) }

func FuzzIdleClasses(f *testing.F) { f.Fuzz(rapid.MakeFuzz(idleClasses)) }

func idleClasses(t *rapid.T) {
	layer := rapid.SampledFrom([]string{"roads", "houses", "streets"})
	class := rapid.SampledFrom([]string{"main", "lane", "rental", "Main", "yard"})
	known := []string{"roads=main", "roads=lane", "houses=rental"}
	text, want := "id,role,matter,party,class,budget\nX,lead,*,station,,3wd\n", 0
	for i := range rapid.IntRange(1, 6).Draw(t, "rules") {
		asked := layer.Draw(t, "layer") + "=" + class.Draw(t, "class")
		party := rapid.SampledFrom([]string{"squad", "station"}).Draw(t, "party")
		text += string(rune('A'+i)) + ",lead,*," + party + "," + asked + ",2wd\n"
		if !slices.Contains(known, asked) {
			want++
		}
	}
	require.Len(t, classFindings(t, map[string]string{"duties.csv": text}, false), 2*want, text)
}
