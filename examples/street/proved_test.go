package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// unprovedFolder is a copy of an embedded place that asks for a proved list and lacks
// its general rule.
func unprovedFolder(t *testing.T) string {
	t.Helper()
	dir := changed(t, "guanlan-mini", "duties.csv", "F01,主办,*,", "F01,主办,民生,")
	path := filepath.Join(dir, "street.json")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	text := strings.Replace(string(data), `"policy": {`, `"policy": {"proved": true, `, 1)
	require.NotEqual(t, string(data), text)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return dir
}

// TestUnprovedStreet: a check of a folder whose rules are refused lists what is wrong
// with them, and every other command says the refusal once, in its language.
func TestUnprovedStreet(t *testing.T) {
	dir := unprovedFolder(t)
	code, stdout, stderr := command("check", "-dir", dir)
	require.Equal(t, exitFindings, code)
	require.Empty(t, stderr)
	require.Contains(t, stdout, "error: street.json:13:14: ")
	require.Contains(t, stdout, "the rules were refused: the list is not proved (errors: ")
	require.Contains(t, stdout, "error: duties.csv: nobody leads ")
	require.Contains(t, stdout, "Areas: ")

	code, stdout, stderr = command("run", "-dir", dir, "-lang", "zh", "-out", t.TempDir())
	require.Equal(t, exitFindings, code)
	require.Empty(t, stdout)
	require.Equal(t, 1, strings.Count(stderr, "street"), stderr)
	require.Regexp(t, "^street：职责清单未能启用：职责清单未通过证明：有[0-9]+项错误，首项为", stderr)

	_, _, stderr = command("worklist", "市容", "-dir", dir)
	require.Regexp(t, "^street: the rules were refused: the list is not proved", stderr)
	require.Equal(t, 1, strings.Count(stderr, "street:"), stderr)
}
