package audit

import (
	"io"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

// WriteGeoJSON writes the listed findings to w, in their order, as a GeoJSON
// FeatureCollection: kind, severity, units, parent, in, square_meters,
// width_meters, lng and lat of At, and the texts en and zh as properties; the
// finding's polygons as geometry, or At as a point, or null. Equal reports give
// equal bytes. An error of w ends the writing as it is.
func (r *Report) WriteGeoJSON(w io.Writer) error {
	features := make([]geofile.Feature, len(r.Findings))
	for i := range r.Findings {
		features[i] = r.Findings[i].feature()
	}
	return geofile.WriteFeatures(w, features)
}

func (f *Finding) feature() geofile.Feature {
	out := geofile.Feature{Polygons: f.Geometry}
	if len(f.Geometry) == 0 && f.HasAt {
		out.Points = orb.MultiPoint{f.At}
	}
	add := func(name string, kind geofile.Kind, text string) {
		out.Properties = append(out.Properties, geofile.Property{Name: name, Value: geofile.Value{Kind: kind, Text: text}})
	}
	number := func(name string, v float64) { add(name, geofile.Number, strconv.FormatFloat(v, 'f', -1, 64)) }
	add("kind", geofile.String, string(f.Kind))
	add("severity", geofile.String, f.Severity.String())
	add("units", geofile.String, joined(f.Units))
	if f.Parent != "" {
		add("parent", geofile.String, string(f.Parent))
	}
	if len(f.In) > 0 {
		add("in", geofile.String, joined(f.In))
	}
	if f.HasAt {
		number("lng", f.At[0])
		number("lat", f.At[1])
	}
	if len(f.Geometry) > 0 || f.Kind == Sliver {
		number("square_meters", f.SquareMeters)
		number("width_meters", f.WidthMeters)
	}
	add("en", geofile.String, f.Text("en"))
	add("zh", geofile.String, f.Text("zh"))
	return out
}

// joined writes all codes, separated by a character that codes do not have.
func joined(codes []grid.Code) string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = string(c)
	}
	return strings.Join(list, " ")
}
