package street

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryMessageHasBothTexts reads the package's own source: every code that a
// finding or a fault is given, and every key of the catalogue, has a Chinese and
// an English text with the same arguments.
func TestEveryMessageHasBothTexts(t *testing.T) {
	used := map[string]bool{}
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			for _, code := range codesOf(n) {
				used[code] = true
			}
			return true
		})
	}
	require.Greater(t, len(used), 50)
	for code := range used {
		require.Contains(t, catalog, code)
	}
	for code, texts := range catalog {
		require.NotEmpty(t, texts[0], code)
		require.NotEmpty(t, texts[1], code)
		for i := range 6 {
			hole := "{" + strconv.Itoa(i) + "}"
			require.Equal(t, strings.Contains(texts[0], hole), strings.Contains(texts[1], hole), "%s in %q and %q", hole, texts[0], texts[1])
		}
	}
}

// codesOf are the message codes that a node names: Code: "…" of a literal, the
// first argument of fault, warn and say, and the first field of commandFault.
func codesOf(n ast.Node) []string {
	var found []ast.Expr
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
			found = append(found, n.Value)
		}
		return literals(found)
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.SelectorExpr:
			name = f.Sel.Name
		case *ast.Ident:
			name = f.Name
		}
		if (name == "fault" || name == "warn" || name == "say") && len(n.Args) > 1 {
			found = append(found, n.Args[0])
		}
	case *ast.CompositeLit:
		if id, ok := n.Type.(*ast.Ident); ok && id.Name == "commandFault" && len(n.Elts) > 0 {
			found = append(found, n.Elts[0])
		}
	}
	return literals(found)
}

func literals(found []ast.Expr) []string {
	var codes []string
	for _, e := range found {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			code, _ := strconv.Unquote(lit.Value)
			codes = append(codes, code)
		}
	}
	return codes
}
