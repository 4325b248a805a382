package geofile

// sentinel is the code of a fault; its texts are in texts.go.
type sentinel string

// Error is the English text.
func (s sentinel) Error() string { return texts.Text("en", string(s)) }

// The faults of a file as a whole; each ends the reading.
var (
	ErrRead       error = sentinel("read")      // the reader failed; its error is wrapped too
	ErrTooLarge   error = sentinel("too-large") // more bytes than Limits.BytesMax, after inflation
	ErrGzip       error = sentinel("gzip")
	ErrTruncated  error = sentinel("truncated") // of a text, a gzip stream or a part
	ErrEncoding   error = sentinel("encoding")
	ErrFeatures   error = sentinel("features")   // more than Limits.FeaturesMax
	ErrVertices   error = sentinel("vertices")   // more than Limits.VerticesMax
	ErrProperties error = sentinel("properties") // more than Limits.PropertiesMax in one feature
	ErrDepth      error = sentinel("depth")      // nested deeper than Limits.DepthMax
	ErrSyntax     error = sentinel("syntax")     // not JSON; a missing or spare comma does not end the reading
)

// The faults of one value; reading goes on after it.
var (
	ErrToken       error = sentinel("token")  // a bare word that JSON does not know, e.g. NaN
	ErrNumber      error = sentinel("number") // malformed, or larger than a float64
	ErrString      error = sentinel("string") // bad escape, control character, half a surrogate pair
	ErrDuplicate   error = sentinel("duplicate")
	ErrMissing     error = sentinel("missing")
	ErrKind        error = sentinel("kind")        // e.g. an array where an object belongs
	ErrType        error = sentinel("type")        // "type" is not FeatureCollection or Feature
	ErrGeometry    error = sentinel("geometry")    // a geometry type that is not read
	ErrCoordinates error = sentinel("coordinates") // nested wrongly, or fewer than two numbers
	ErrShort       error = sentinel("short")       // a ring of fewer than 3 or a line of fewer than 2 places
	ErrRange       error = sentinel("range")       // outside ±180, ±90 degrees
	ErrCRS         error = sentinel("crs")
)

// The faults of a Shapefile. The first five end the reading of the part they are
// in; the others are faults of one record or one value.
var (
	ErrShapefile error = sentinel("shapefile") // the header of the .shp
	ErrIndex     error = sentinel("index")     // the .shx is damaged or disagrees with the .shp
	ErrTable     error = sentinel("table")     // the header of the .dbf
	ErrNesting   error = sentinel("nesting")   // rings that lie in each other's way too often to be sorted
	ErrValues    error = sentinel("values")    // more than Limits.ValuesMax
	ErrRecords   error = sentinel("records")   // .shp and .dbf hold different numbers of records
	ErrField     error = sentinel("field")     // a field of a type that is not read, such as a memo
	ErrRecord    error = sentinel("record")    // lengths of a record that do not add up
	ErrBool      error = sentinel("bool")
	ErrDate      error = sentinel("date")
)

// What a Shapefile often has and is read nevertheless: Layer.Findings.
var (
	ErrCourse error = sentinel("course") // a ring runs clockwise as a hole or the other way as an outer ring
	ErrCut    error = sentinel("cut")    // a text ends amid a character, which is dropped
)

// The faults of WKB; the first ends the reading.
var (
	ErrWKB      error = sentinel("wkb")      // neither WKB nor its hexadecimal text
	ErrCounts   error = sentinel("counts")   // a count of more things than there are bytes for
	ErrSRID     error = sentinel("srid")     // a part is in another system than the whole
	ErrTrailing error = sentinel("trailing") // bytes after the end
)

// ErrTransform means that Options.Transform refused a place; its error is
// wrapped too.
var ErrTransform error = sentinel("transform")

// The faults that Units and the writers find.
var (
	ErrCode  error = sentinel("code")  // not a code; the reason is wrapped too
	ErrCount error = sentinel("count") // a count that is not a whole number from 0
	ErrValue error = sentinel("value") // a property that cannot be written as JSON
	ErrPoint error = sentinel("point") // a coordinate to write, or of a binary file, that is NaN or infinite
	ErrColor error = sentinel("color") // a fill that is not a plain colour
)
