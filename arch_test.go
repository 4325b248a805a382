package gridgov_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/gridgov/gridgov"

// allowed is the import graph: what the non-test files of a package may import
// from this module. A package that is missing here fails the test.
var allowed = map[string][]string{
	".":                    {},
	"internal/code":        {},
	"internal/span":        {},
	"internal/phrase":      {},
	"internal/keyed":       {},
	"internal/media":       {},
	"internal/envelope":    {"internal/code", "internal/jsonname", "internal/keyed"},
	"internal/fault":       {},
	"internal/jsonbytes":   {},
	"internal/jsonname":    {},
	"internal/apportion":   {},
	"internal/textenc":     {},
	"internal/spatial":     {},
	"internal/cellindex":   {},
	"internal/overlay":     {},
	"internal/geodesy":     {},
	"internal/civil":       {},
	"internal/gen":         {"grid", "internal/*"},
	"grid":                 {"internal/*"},
	"grid/division":        {"internal/code", "internal/phrase"},
	"grid/crs":             {"internal/phrase"},
	"grid/audit":           {"grid", "grid/division", "grid/geofile", "internal/*"},
	"grid/geofile":         {"grid", "grid/crs", "internal/*"},
	"party":                {"grid", "party/roster", "internal/*"},
	"party/council":        {"internal/code", "internal/envelope", "internal/span", "internal/phrase", "internal/keyed"},
	"party/notice":         {"grid", "party", "internal/*"},
	"party/roster":         {"internal/civil", "internal/code", "internal/fault", "internal/span", "internal/phrase"},
	"party/rounds":         {"internal/civil", "internal/code", "internal/envelope", "internal/phrase", "internal/keyed"},
	"party/track":          {"grid", "internal/code", "internal/fault", "internal/geodesy", "internal/phrase"},
	"party/resource":       {"grid", "party", "internal/*"},
	"party/structure":      {"grid", "party", "internal/code", "internal/fault", "internal/phrase"},
	"dispatch":             {"grid", "party", "party/roster", "dispatch/worktime", "internal/*"},
	"dispatch/gbcode":      {"grid/division", "internal/code", "internal/phrase"},
	"dispatch/interchange": {"dispatch", "internal/code", "internal/jsonname", "internal/media", "internal/phrase"},
	"dispatch/duplicate":   {"grid", "internal/code", "internal/geodesy", "internal/phrase"},
	"dispatch/responder":   {"grid", "internal/code", "internal/geodesy", "internal/phrase"},
	"dispatch/worktime":    {"internal/civil", "internal/code", "internal/fault", "internal/span", "internal/phrase"},
	"finance":              {"internal/code", "internal/envelope", "internal/span", "internal/phrase", "internal/keyed", "internal/jsonbytes", "internal/apportion"},
	"assess":               {"internal/code", "internal/fault", "internal/span", "internal/phrase", "internal/apportion"},
	"assess/points":        {"assess", "internal/civil", "internal/code", "internal/envelope", "internal/keyed", "internal/phrase"},
	"journal":              {"internal/keyed"},
	"journal/journaltest":  {"journal", "internal/keyed"},
	"street":               {"grid", "grid/audit", "grid/crs", "grid/geofile", "party", "party/*", "dispatch", "dispatch/duplicate", "dispatch/worktime", "finance", "assess", "journal", "street/adapt", "internal/*"},
	"street/adapt":         {"grid", "party", "dispatch", "finance", "assess", "internal/*"},
}

// foreign is what each package may import from other modules. Everything else
// outside the standard library is forbidden, so an embedder's cost is known.
var foreign = map[string][]string{
	"grid":                 {"github.com/paulmach/orb"},
	"grid/geofile":         {"github.com/paulmach/orb"},
	"grid/crs":             {"github.com/paulmach/orb"},
	"grid/audit":           {"github.com/paulmach/orb"},
	"internal/spatial":     {"github.com/tidwall/rtree", "github.com/paulmach/orb"},
	"internal/geodesy":     {"github.com/paulmach/orb"},
	"internal/gen":         {"github.com/paulmach/orb", "pgregory.net/rapid"},
	"internal/textenc":     {"golang.org/x/text/encoding/simplifiedchinese", "golang.org/x/text/encoding", "golang.org/x/text/transform"},
	"dispatch":             {"github.com/paulmach/orb"},
	"party/track":          {"github.com/paulmach/orb"},
	"dispatch/duplicate":   {"github.com/paulmach/orb"},
	"dispatch/interchange": {"github.com/paulmach/orb"},
	"dispatch/responder":   {"github.com/paulmach/orb"},
	"street":               {"github.com/paulmach/orb"},
	"street/adapt":         {"github.com/paulmach/orb"},
	"journal/journaltest":  {"github.com/stretchr/testify/require", "github.com/google/go-cmp/cmp"},
}

// banned keeps the library deterministic and silent: no clock, no randomness,
// no machine state, no network, no logging; excepted has the one exception.
var banned = []string{"math/rand", "math/rand/v2", "crypto/rand", "os", "os/exec", "os/signal", "net", "net/http", "log", "log/slog", "plugin", "syscall", "unsafe", "runtime/debug", "hash/maphash"}

// excepted names the packages that may import one of banned, and why.
var excepted = map[string]map[string]string{
	// Its seed is random. It only says where in the index of keys to look first: keys
	// themselves are compared, nothing is ever listed by hash, and the seed is neither
	// written nor shown, so no answer depends on it. Without it, who chooses keys could
	// crowd them into one place.
	"hash/maphash": {"internal/keyed": "a seed of its own for each index"},
}

// bannedCalls are functions of otherwise useful packages.
var bannedCalls = map[string][]string{
	"time": {"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep", "LoadLocation", "Local"},
}

func TestArchitecture(t *testing.T) {
	seen := map[string]bool{}
	for file := range sources(t) {
		dir := path.Dir(file)
		seen[dir] = true
		if _, ok := allowed[dir]; !ok {
			t.Errorf("%s: package %s is not in the import graph", file, dir)
			continue
		}
		checkFile(t, dir, file)
	}
	for dir := range allowed {
		require.True(t, seen[dir] || dir == "internal/gen", "%s is in the import graph but has no files", dir)
	}
}

// sources yields the non-test Go files of the root module, relative to it.
func sources(t *testing.T) map[string]bool {
	files := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil && name != "." {
				return filepath.SkipDir
			}
			if base := d.Name(); base == "testdata" || base != "." && strings.HasPrefix(base, ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			files[filepath.ToSlash(name)] = true
		}
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func checkFile(t *testing.T, dir, file string) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	names := map[string]string{} // local name → import path
	for _, spec := range parsed.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		name := path.Base(target)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = target
		if problem := importProblem(dir, target); problem != "" {
			t.Errorf("%s imports %s: %s", file, target, problem)
		}
	}
	if dir == "internal/gen" || dir == "journal/journaltest" {
		return // only tests import these
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			t.Errorf("%s starts a goroutine", file)
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && slices.Contains(bannedCalls[names[x.Name]], n.Sel.Name) {
				t.Errorf("%s uses %s.%s", file, x.Name, n.Sel.Name)
			}
		}
		return true
	})
}

// importProblem is why the package dir may not import target, or "".
func importProblem(dir, target string) string {
	switch inner, ours := strings.CutPrefix(target, module+"/"); {
	case ours:
		for _, a := range allowed[dir] {
			prefix, any := strings.CutSuffix(a, "/*")
			if a == inner || any && path.Dir(inner) == prefix {
				return ""
			}
		}
		return "not in the import graph"
	case slices.Contains(banned, target) && excepted[target][dir] == "":
		return "banned in the library"
	case strings.Contains(strings.SplitN(target, "/", 2)[0], "."):
		if !slices.Contains(foreign[dir], target) {
			return "foreign module not allowed here"
		}
	}
	return ""
}

// TestArchitectureCatches proves that the rules above can fail.
func TestArchitectureCatches(t *testing.T) {
	for target, dir := range map[string]string{
		module + "/street":               "grid",
		module + "/dispatch":             "finance",
		"math/rand/v2":                   "dispatch",
		"os":                             "street",
		"hash/maphash":                   "dispatch",
		"crypto/rand":                    "internal/keyed",
		"github.com/paulmach/orb":        "finance",
		"golang.org/x/text/encoding":     "street",
		"github.com/paulmach/orb/planar": "grid",
	} {
		require.NotEmpty(t, importProblem(dir, target), "%s may not import %s", dir, target)
	}
	require.Empty(t, importProblem("street", module+"/internal/code"))
	require.Empty(t, importProblem("internal/keyed", "hash/maphash"))
}
