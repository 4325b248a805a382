package geofile

import "github.com/paulmach/orb"

// Defaults of Limits, and the ceilings that no caller can lift.
const (
	// BytesMax: a city of 100,000 grids is some 100 MB of GeoJSON; a gzip of a
	// few kilobytes that inflates beyond this is a bomb.
	BytesMax = 256 << 20
	// FeaturesMax is ten times the grids of the largest cities.
	FeaturesMax = 1_000_000
	// VerticesMax keeps the points of one file under 320 MB of memory.
	VerticesMax = 20_000_000
	// PropertiesMax is four times the widest table a database or shapefile holds.
	PropertiesMax = 1024
	// ValuesMax keeps the cells of a .dbf, where an empty one takes a byte, under
	// 1 GB of memory; it is a million records of 16 fields.
	ValuesMax = 16_000_000
	// DepthMax: coordinates nest 7 deep; the rest is for foreign members.
	DepthMax = 64
	// depthCeiling bounds recursion whatever the caller says.
	depthCeiling = 1000
)

// Limits bounds what is taken from one file. Zero or less means the default.
type Limits struct {
	BytesMax      int // of the file as it is, and of its text once inflated; of a Shapefile's parts together
	FeaturesMax   int // records, for a Shapefile
	VerticesMax   int // in all features together
	PropertiesMax int // of one feature; fields, for a Shapefile
	ValuesMax     int // of a Shapefile: cells of the records that are read
	DepthMax      int // of nested arrays and objects, or collections of WKB; at most 1,000
}

func (l Limits) withDefaults() Limits {
	set := func(v *int, otherwise int) {
		if *v <= 0 {
			*v = otherwise
		}
	}
	set(&l.BytesMax, BytesMax)
	set(&l.FeaturesMax, FeaturesMax)
	set(&l.VerticesMax, VerticesMax)
	set(&l.PropertiesMax, PropertiesMax)
	set(&l.ValuesMax, ValuesMax)
	set(&l.DepthMax, DepthMax)
	l.DepthMax = min(l.DepthMax, depthCeiling)
	return l
}

// Options configures Decode, Shapefile.Decode and DecodeWKB. The zero value reads
// WGS84 degrees within the default limits.
type Options struct {
	Limits Limits
	// Transform takes every place of the file into WGS84 degrees, which are then
	// checked; the file may be in any system. An error of it is an ErrTransform at
	// that place. Equal places must give equal answers. nil leaves places alone, but
	// those of a Shapefile with a .prj. crs.System.ToWGS84 is such a function. An edge stays straight between its converted ends, so where a
	// neighbour has a corner on it, the two borders part by centimetres: see
	// grid.Conform.
	Transform func(orb.Point) (orb.Point, error)
	// Projected says that coordinates are metres of some plane, which the caller
	// converts later: their range is not checked, and neither is that of what
	// Transform gives; any crs member is accepted.
	Projected bool
}
