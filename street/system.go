package street

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid/crs"
)

// readSystem reads the coordinate system that street.json names. Systems that
// cannot be converted are refused by name, with the reason.
func (l *loader) readSystem(name string, say func(code, key string, cause error, args ...string)) {
	if name == "" {
		return
	}
	s, err := crs.Find(name)
	switch {
	case errors.Is(err, crs.ErrTransformation):
		say("crs-transformation", "crs", err, name)
	case err != nil:
		say("bad-crs", "crs", err, name)
	}
	l.out.CRS, l.noSystem = s, err != nil
}

// unchanged reports whether degrees of s are taken for WGS84 as they are.
func unchanged(s crs.System) bool { return s == crs.WGS84() || s == crs.CGCS2000() }

// toWGS84 converts the vertices of the area files; nil when there is nothing to
// convert.
func (l *loader) toWGS84() func(orb.Point) (orb.Point, error) {
	if unchanged(l.out.CRS) {
		return nil
	}
	return l.out.CRS.ToWGS84
}

// point takes a longitude and latitude, as the folder's files write them, to
// WGS84. Beside area files in metres they are degrees of WGS84 or CGCS2000.
func (l *loader) point(p orb.Point) (orb.Point, error) {
	if unchanged(l.out.CRS) || l.out.CRS.Projected() {
		return p, nil
	}
	return l.out.CRS.ToWGS84(p)
}

// points converts, in place, every point that a freshly decoded command holds,
// however deep. The first one that is refused is the error.
func (l *loader) points(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Interface:
		return l.points(v.Elem())
	case reflect.Pointer:
		p, ok := v.Interface().(*orb.Point)
		switch {
		case v.IsNil():
			return nil
		case !ok:
			return l.points(v.Elem())
		}
		at, err := l.point(*p)
		if err == nil {
			*p = at
		}
		return err
	case reflect.Slice:
		for i := range v.Len() {
			if err := l.points(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if err := l.points(v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// pointPlace is the byte of a command's line at which the key of the point p
// stands.
func pointPlace(line string, p orb.Point) int {
	const key = `"point"`
	for at := 0; ; at += len(key) {
		next := strings.Index(line[at:], key)
		if next < 0 {
			return 0
		}
		at += next
		_, value, _ := strings.Cut(line[at+len(key):], ":")
		var q orb.Point
		if json.NewDecoder(strings.NewReader(value)).Decode(&q) == nil && q == p {
			return at
		}
	}
}

// refused words a finding about a point that its coordinate system refuses.
func (f *Finding) refused(err error) {
	f.Code, f.Err, f.Args = "bad-point", err, []string{err.Error()}
	if e, ok := errors.AsType[*crs.Error](err); ok {
		f.Said = map[string]string{}
		for _, lang := range []string{"en", "zh"} {
			f.Said[lang] = catalog.Text(lang, f.Code, e.Text(lang))
		}
	}
}

// PlacesText says, in lang, that the places which findings and results name are
// WGS84 although the folder's own are not. It is empty for a folder in WGS84.
func (f *Folder) PlacesText(lang string) string {
	if f.CRS == crs.WGS84() {
		return ""
	}
	if lang != "zh" {
		lang = "en"
	}
	return catalog.Text(lang, "places", f.CRS.Name())
}
