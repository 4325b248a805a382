package street

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid/crs"
)

// commandFault is a fault of a command line as a message code and arguments.
type commandFault struct {
	code  string
	args  []string
	cause error
}

func (f commandFault) Error() string { return catalog.Text("en", f.code, f.args...) }

func (f commandFault) Unwrap() error { return f.cause }

// bare is what a machine says of a command without the verb that the fault names.
func bare(err error) string {
	if desk, ok := errors.AsType[*dispatch.DeskError](err); ok {
		return desk.Err.Error()
	}
	return err.Error()
}

func commandFinding(file string, number int, line string, err error) Finding {
	f := Finding{File: file, Line: number, Err: err, Code: "bad-json", Args: []string{err.Error()}}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		_, f.Column = position([]byte(line), int(syntax.Offset)-1)
	}
	if fault, ok := errors.AsType[commandFault](err); ok {
		f.Code, f.Args = fault.code, fault.args
		if len(fault.args) > 0 {
			if at := strings.Index(line, `"`+fault.args[0]+`"`); at >= 0 {
				_, f.Column = position([]byte(line), at)
			}
		}
	}
	if f.wrongType(line, err) {
		return f
	}
	if refused, ok := errors.AsType[*crs.Error](err); ok {
		f.refused(refused)
		_, f.Column = position([]byte(line), pointPlace(line, refused.At))
	}
	return f
}
