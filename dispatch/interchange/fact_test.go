package interchange_test

import (
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/interchange"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// fillAll puts something other than zero into every exported field that v has,
// however deep, no two numbers alike, and reports each field that it cannot fill.
func fillAll(t *testing.T, v reflect.Value, next *int) {
	*next++
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = time.UnixMilli(1_700_000_000_000 + int64(*next)).UTC()
		return
	case *worktime.Budget:
		require.NoError(t, x.UnmarshalText([]byte("4wh")))
		return
	case *dispatch.Sum:
		_, err := hex.Decode(x[:], []byte(strings.Repeat("5a", len(x))))
		require.NoError(t, err)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillAll(t, v.Field(i), next)
			}
		}
	case reflect.String:
		v.SetString("s" + string(rune('a'+*next%26)))
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(int64(1 + *next%100))
	case reflect.Uint64, reflect.Uint, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		v.SetUint(uint64(1 + *next%100))
	case reflect.Float64:
		v.SetFloat(float64(*next) + 0.25)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(t, v.Elem(), next)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillAll(t, v.Index(0), next)
		fillAll(t, v.Index(1), next)
	case reflect.Array:
		for i := range v.Len() {
			fillAll(t, v.Index(i), next)
		}
	default:
		t.Fatalf("no filling for %v", v.Type())
	}
}

// Every field of every kind of fact, and of the entry around it, comes back as it
// was. Values are compared, not their JSON, in which a field that is not written
// would be missed on both sides.
func TestEveryFieldTravels(t *testing.T) {
	for _, kind := range dispatch.Facts() {
		fact := reflect.New(reflect.TypeOf(kind)).Elem()
		next := 0
		fillAll(t, fact, &next)
		e := dispatch.Entry{Fact: fact.Interface().(dispatch.Fact)}
		v := reflect.ValueOf(&e).Elem()
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Fact" {
				fillAll(t, v.Field(i), &next)
			}
		}
		text, err := interchange.Encode(e, interchange.Envelope{Source: "/desk", Stream: "guanlan"})
		require.NoError(t, err)
		got, _, err := interchange.Decode(text)
		require.NoError(t, err, dispatch.FactName(kind))
		everything := cmp.Exporter(func(reflect.Type) bool { return true })
		require.Empty(t, cmp.Diff(e, got, everything), dispatch.FactName(kind))
	}
}

// Every type of package dispatch that is a fact by its source is in Facts, so that
// what is said of all of Facts is said of all.
func TestNoFactIsForgotten(t *testing.T) {
	files, err := filepath.Glob("../*.go")
	require.NoError(t, err)
	var declared, listed []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "fact" && f.Recv != nil {
				declared = append(declared, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	for _, f := range dispatch.Facts() {
		listed = append(listed, reflect.TypeOf(f).Name())
	}
	slices.Sort(declared)
	slices.Sort(listed)
	require.NotEmpty(t, declared)
	require.Equal(t, declared, listed)
}
