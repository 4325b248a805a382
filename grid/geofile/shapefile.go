package geofile

import (
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// Shapefile is the parts of one Shapefile (ESRI 1998) as they are stored, for
// Decode. Only SHP is needed. A caller may fill it from an upload, and may set
// what is known better than the files say: CPG = []byte("GBK") reads a .dbf whose
// own code page is wrong, DBF = nil reads the shapes alone.
type Shapefile struct {
	Name string // in positions, without an extension: "areas/wards"
	SHP  []byte // the shapes
	SHX  []byte // where each record lies in SHP; without it they lie one behind the other
	DBF  []byte // the properties, one row a record
	CPG  []byte // the name of the code page of DBF
	PRJ  []byte // the coordinate system, as well-known text; without it WGS84 degrees
}

// ReadShapefile reads the parts of the Shapefile of that name from fsys: all
// files in the directory of name that are called like it and end in .shp, .shx,
// .dbf, .cpg or .prj in any case. name may itself end in .shp.
//
// An error is *Errors with one fault: ErrRead (fs.ErrNotExist is wrapped when
// there is no .shp), ErrDuplicate (wards.shp beside wards.SHP) or ErrTooLarge
// (the parts together exceed limits.BytesMax; the other limits are for Decode).
func ReadShapefile(fsys fs.FS, name string, limits Limits) (*Shapefile, error) {
	if strings.EqualFold(path.Ext(name), ".shp") {
		name = name[:len(name)-len(".shp")]
	}
	s := &Shapefile{Name: name}
	left := limits.withDefaults().BytesMax
	bytesMax := left
	refuse := func(file string, err error) (*Shapefile, error) {
		return nil, &Errors{Faults: []*Error{readFault(file, err, bytesMax)}}
	}
	entries, err := fs.ReadDir(fsys, path.Dir(name))
	if err != nil {
		return refuse(name+".shp", err)
	}
	taken := map[*[]byte]string{}
	for _, entry := range entries {
		ext := path.Ext(entry.Name())
		part := s.part(strings.ToLower(ext))
		if part == nil || entry.IsDir() || strings.TrimSuffix(entry.Name(), ext) != path.Base(name) {
			continue
		}
		file := path.Join(path.Dir(name), entry.Name())
		if taken[part] != "" {
			return nil, &Errors{Faults: []*Error{{Position: Position{File: file}, Err: ErrDuplicate, Args: []string{taken[part]}}}}
		}
		taken[part] = file
		data, err := readPart(fsys, file, left)
		if err != nil {
			return refuse(file, err)
		}
		*part = data
		left -= len(data)
	}
	if taken[&s.SHP] == "" {
		return refuse(name+".shp", fs.ErrNotExist)
	}
	return s, nil
}

// readPart reads a file of at most bytesMax bytes.
func readPart(fsys fs.FS, file string, bytesMax int) ([]byte, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(&limited{r: f, left: bytesMax})
	if closed := f.Close(); err == nil {
		err = closed
	}
	return data, err
}

// part is where the file with that extension belongs.
func (s *Shapefile) part(ext string) *[]byte {
	switch ext {
	case ".shp":
		return &s.SHP
	case ".shx":
		return &s.SHX
	case ".dbf":
		return &s.DBF
	case ".cpg":
		return &s.CPG
	case ".prj":
		return &s.PRJ
	}
	return nil
}

// Projection is the text of the .prj as it is: the well-known text of the
// coordinate system, which Decode honours. Empty when there is none.
func (s *Shapefile) Projection() string { return string(s.PRJ) }

// ShapefileOptions configures Shapefile.Decode. The zero value takes places from
// the system that the .prj names to WGS84 degrees, tells the encoding as
// Layer.Encoding says, and reads every field.
type ShapefileOptions struct {
	Options
	// Encoding names the code page of the .dbf where neither the .cpg nor the .dbf
	// names one that is read here: UTF-8, GBK (GB2312, GB18030, 936) or ISO-8859-1.
	Encoding string
	// Skip names fields not to read, such as a memo.
	Skip []string
}

// Layer is what a Shapefile holds.
type Layer struct {
	Features   []Feature // by record, without the deleted ones
	Projection string    // as Shapefile.Projection
	// Encoding is that of the .dbf: named by the .cpg, else by the language byte
	// of the .dbf, else by ShapefileOptions.Encoding, else told from the bytes:
	// UTF-8 when more than two in three texts that are not ASCII are that, else
	// GB18030. Empty when there is no .dbf or all of it is ASCII.
	Encoding string
	Deleted  int // rows marked as deleted in the .dbf, which are left out
	// Findings is what was wrong but could be read, by record: ErrCourse, ErrCut.
	// At most FaultsMax; Left is how many more there are.
	Findings []*Error
	Left     int
}

// Decode reads the features of s: polygons, lines and points, with or without Z
// and M, which are dropped. A record is a feature, its row in the .dbf gives the
// properties in the order of the fields: C a string without the padding, N and F
// a number whose digits are kept, L a bool, D a string "2026-01-31"; an empty
// cell is null, and so is a number of stars, which stands for none. Rows marked as
// deleted are left out with their shapes. When there is a .shx, records lie where
// it says.
//
// Rings are sorted into polygons by which ring lies in which: one within an even
// number of others is an outer ring, else a hole of the smallest outer ring around
// it. That is right whatever way the rings run; a ring whose course
// says otherwise is an ErrCourse among the findings. Rings stay as they are in the
// file: their points in their order, polygons by outer ring, holes behind it.
//
// Unless opts have a Transform or are Projected, the .prj says which system the
// places are in, as crs.ParseWKT reads it, and they become WGS84 degrees; without a
// .prj they are taken for these. A .prj that is not read (Xian 1980, or NAD83) is
// ErrCRS: set PRJ to nil to take the numbers as they are.
//
// O(bytes), but O(n log n) in the rings of a record; memory stays proportional to
// the bytes of the parts, whatever numbers are in them.
//
// An error is *Errors with the faults by record: of each record the first of its
// shape and all of its row. The features without a fault are in the Layer even
// then; Layer is never nil. Of the whole file: ErrTooLarge, ErrCRS, ErrShapefile,
// ErrGeometry (the type of the shapes), ErrIndex, ErrTable, ErrField, ErrDuplicate, ErrMissing,
// ErrEncoding, ErrTruncated, ErrRecords, and the limits ErrFeatures, ErrVertices,
// ErrProperties, ErrValues, ErrNesting. Of a record: ErrIndex, ErrRecord, ErrTruncated,
// ErrGeometry, ErrPoint, ErrTransform, ErrRange, ErrShort; of a cell: ErrEncoding,
// ErrNumber, ErrBool, ErrDate.
func (s *Shapefile) Decode(opts ShapefileOptions) (*Layer, error) {
	d := shapeDecoder{
		limits: opts.Limits.withDefaults(),
		source: &source{name: s.Name + ".shp"},
		shp:    s.SHP,
		shx:    s.SHX,
		nester: nester{budget: nestBudget(len(s.SHP))},
		layer:  Layer{Projection: s.Projection()},
	}
	size := len(s.SHP) + len(s.SHX) + len(s.DBF) + len(s.CPG) + len(s.PRJ)
	if size > d.limits.BytesMax {
		d.faults.last(&Error{Position: Position{File: d.source.name}, Err: ErrTooLarge, Args: []string{strconv.Itoa(d.limits.BytesMax)}})
		return &d.layer, d.faults.err()
	}
	var fault *Error
	if d.ground, fault = s.ground(opts.Options); fault != nil {
		d.faults.last(fault)
		return &d.layer, d.faults.err()
	}
	if s.DBF != nil {
		d.rows = openTable(s, opts, &d)
	}
	if d.header() {
		d.records(d.spans(s.Name))
	}
	d.layer.Findings, d.layer.Left = d.findings.kept, d.findings.left
	return &d.layer, d.faults.err()
}
