package main

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// condition is a rule as an expression that CEL and expr both read.
func (x *rule) condition() string {
	parts := []string{"true"}
	if x.matter != "*" {
		parts = append(parts, fmt.Sprintf("%q in matters", x.matter))
	}
	if x.area != "*" {
		parts = append(parts, fmt.Sprintf("%q in areas", x.area))
	}
	if x.channel != "" {
		parts = append(parts, fmt.Sprintf("channel == %q", x.channel))
	}
	switch x.window {
	case "":
	case "work":
		parts = append(parts, "work")
	case "rest":
		parts = append(parts, "!work")
	default:
		parts = append(parts, fmt.Sprintf("minute >= %d && minute < %d", x.from, x.to))
	}
	return strings.Join(parts, " && ")
}

func (e *event) variables() map[string]any {
	return map[string]any{"matters": e.matters, "areas": e.areas, "channel": e.channel, "work": e.work, "minute": int64(e.minute)}
}

// buildCEL is a program for each rule.
func buildCEL(w *world) (matcher, error) {
	env, err := cel.NewEnv(cel.Variable("matters", cel.ListType(cel.StringType)), cel.Variable("areas", cel.ListType(cel.StringType)),
		cel.Variable("channel", cel.StringType), cel.Variable("work", cel.BoolType), cel.Variable("minute", cel.IntType))
	if err != nil {
		return nil, err
	}
	programs := make([]cel.Program, len(w.rules))
	for i := range w.rules {
		ast, issues := env.Compile(w.rules[i].condition())
		if issues.Err() != nil {
			return nil, issues.Err()
		}
		if programs[i], err = env.Program(ast); err != nil {
			return nil, err
		}
	}
	var a answer
	return func(e *event) ([]string, error) {
		a.ids = a.ids[:0]
		vars := e.variables()
		for i, p := range programs {
			out, _, err := p.Eval(vars)
			if err != nil {
				return nil, err
			}
			if out.Value() == true {
				a.ids = append(a.ids, w.rules[i].id)
			}
		}
		return a.ids, nil
	}, nil
}

// buildExpr is a program for each rule.
func buildExpr(w *world) (matcher, error) {
	env := (&event{}).variables()
	programs := make([]*vm.Program, len(w.rules))
	for i := range w.rules {
		var err error
		if programs[i], err = expr.Compile(w.rules[i].condition(), expr.Env(env), expr.AsBool()); err != nil {
			return nil, err
		}
	}
	var a answer
	var machine vm.VM
	return func(e *event) ([]string, error) {
		a.ids = a.ids[:0]
		vars := e.variables()
		for i, p := range programs {
			out, err := machine.Run(p, vars)
			if err != nil {
				return nil, err
			}
			if out == true {
				a.ids = append(a.ids, w.rules[i].id)
			}
		}
		return a.ids, nil
	}, nil
}
