// Package geofile reads and writes the files that areas come in. Every fault of
// a file is reported with its line and column, and no file takes more memory
// than its limits allow.
//
// Decode reads GeoJSON with a decoder of its own: gzip is inflated within
// bounds, GB18030 becomes UTF-8, digits of codes are kept, and one bad value
// does not hide the next. Units turns features into the input of grid.Build;
// Feature.Fault leads from what Build refuses back to the place in the file.
// WriteGeoJSON, WriteFeatures and WriteSVG write: equal input gives equal bytes.
//
// Functions are pure but for the reader or writer they are given. Features may
// be read by many goroutines at once.
package geofile
