// Package geofile reads and writes the files that areas and layers come in. Every
// fault of a file is reported with its place, line and column of a text or record,
// field and byte of a binary file, and no file takes more memory than its limits
// and its bytes allow.
//
// Three ways in give the same Features:
//
//   - Decode reads GeoJSON with a decoder of its own: gzip is inflated within
//     bounds, GB18030 becomes UTF-8, digits of codes are kept, and one bad value
//     does not hide the next.
//   - ReadShapefile and Shapefile.Decode read a Shapefile: GBK and UTF-8 tables,
//     rings sorted into polygons whichever way they run, deleted rows left out.
//   - DecodeWKB reads the WKB or EWKB of one row of a database.
//
// Places become WGS84 degrees on the way: those of a Shapefile from the system that
// its .prj names, any others by Options.Transform. Units turns features into the input of grid.Build; Feature.Fault leads from
// what Build refuses back to the place in the file. WriteGeoJSON, WriteFeatures and
// WriteSVG write: equal input gives equal bytes.
//
// Functions are pure but for the reader, writer or transform they are given.
// Features may be read by many goroutines at once.
package geofile
