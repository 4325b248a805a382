package street

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Reference is the reference of the street folder in Markdown, made from the
// tables that Load itself works by: files, columns with their Chinese headers,
// Chinese values, and the verbs of commands.jsonl with their fields.
func Reference() string {
	var b strings.Builder
	b.WriteString("## Files\n\nRequired columns are marked ★. The Chinese headers in brackets mean the same.\n")
	for _, spec := range readFiles() {
		fmt.Fprintf(&b, "\n### %s\n\n%s.\n\n| column | what |\n|---|---|\n", spec.Name, upperFirst(spec.Doc))
		for _, c := range spec.Columns {
			star := ""
			if c.Required {
				star = "★"
			}
			alias := ""
			if len(c.Alias) > 0 {
				alias = " (" + strings.Join(c.Alias, "、") + ")"
			}
			fmt.Fprintf(&b, "| `%s`%s%s | %s |\n", c.Name, star, alias, c.Doc)
		}
	}
	b.WriteString("\nFiles of the format that this version does not read yet, each with a warning: `" + strings.Join(laterFiles, "`, `") + "`.\n")
	b.WriteString("\n## Chinese values\n\n| column | values |\n|---|---|\n")
	for _, column := range slices.Sorted(maps.Keys(valueAliases)) {
		var pairs []string
		for _, alias := range slices.Sorted(maps.Keys(valueAliases[column])) {
			pairs = append(pairs, alias+" = `"+valueAliases[column][alias]+"`")
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", column, strings.Join(pairs, ", "))
	}
	b.WriteString("\n## Verbs of commands.jsonl\n\nEvery line has `at`, `key`, `machine`, `do` and the fields of the verb; `person` and `post` say who acts, or `actor` {`person`, `post`} where the verb has a `person` or `post` of its own; without either it is the street itself, which may everything. `expect` is the version seen. Who acts must be entitled; the desk's rules are below. On the book: hold `approve` over the line's party or the mandate's community, within the `limit` of the post. On the rounds: hold `manage` over the areas of households and plans, `command` over the squad for briefings and debriefs, `assess` over it for attendance. The council's rights are in its package documentation. `with` is a second object for another machine, done in the same record: it has `machine`, `do` and the fields of its verb only; actor, key and instant are those of the line, and `expect` is about the line's own machine. A visit is made at the line's `at`, or in `with` at its own.\n\n| machine | do | what | fields |\n|---|---|---|---|\n")
	for _, v := range Verbs() {
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", v.Machine, v.Name, v.Doc, strings.Join(fieldsOf(reflect.TypeOf(v.Zero), 2), ", "))
	}
	b.WriteString(deskRights + deskWords())
	return b.String()
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// fieldsOf lists the JSON names of a struct's fields, those of inner structs in
// brackets, depth levels deep.
func fieldsOf(t reflect.Type, depth int) []string {
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		inner := f.Type
		list := inner.Kind() == reflect.Slice
		if list || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		text := "`" + name + "`"
		if inner.Kind() == reflect.Struct && depth > 1 && strings.HasPrefix(inner.PkgPath(), "github.com/gridgov") {
			if members := fieldsOf(inner, depth-1); len(members) > 0 {
				text += " {" + strings.Join(members, ", ") + "}"
			}
		}
		if list {
			text += "[]"
		}
		names = append(names, text)
	}
	return names
}
