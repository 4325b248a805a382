package street

import (
	"reflect"
	"slices"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
)

func knownMachine(m Machine) bool {
	return m == DeskMachine || m == BookMachine || m == CouncilMachine || m == RoundsMachine
}

func unknownMachine(m Machine) error {
	if slices.Contains(laterMachines, m) {
		return commandFault{"machine-later", []string{string(m)}, nil}
	}
	return commandFault{"unknown-machine", []string{string(m)}, nil}
}

// knownVerb reports whether a machine has the verb and a file may give it;
// installing rules is the host's.
func knownVerb(m Machine, verb string) bool {
	for _, v := range Verbs() {
		if v.Machine == m && v.Name == verb {
			return true
		}
	}
	return false
}

// Verb is one thing that commands.jsonl can ask a machine to do.
type Verb struct {
	Machine Machine
	Name    string
	Doc     string
	Zero    any // its zero value, which shows the fields
}

// Verbs is the closed list of verbs of commands.jsonl, by machine, each in the
// order of its machine.
func Verbs() []Verb {
	var verbs []Verb
	for _, v := range dispatch.Verbs() {
		if v.Name != "install" {
			verbs = append(verbs, Verb{DeskMachine, v.Name, v.Doc, v.Zero})
		}
	}
	for _, v := range finance.Verbs() {
		verbs = append(verbs, Verb{BookMachine, v.Name, v.Doc, v.Zero})
	}
	for _, v := range council.Verbs() {
		verbs = append(verbs, Verb{CouncilMachine, v.Name, v.Doc, v.Zero})
	}
	for _, v := range rounds.Verbs() {
		verbs = append(verbs, Verb{RoundsMachine, v.Name, v.Doc, v.Zero})
	}
	return verbs
}

// verbOf is "desk/file" for what a machine is to do, "" for nothing.
func verbOf(m Machine, do any) string {
	if do == nil {
		return ""
	}
	return string(m) + "/" + verbName(do)
}

// verbName is the name of a verb as files have it.
func verbName(do any) string {
	for _, v := range allVerbs {
		if reflect.TypeOf(v.Zero) == reflect.TypeOf(do) {
			return v.Name
		}
	}
	return ""
}

var allVerbs = append(Verbs(), Verb{DeskMachine, "install", "", dispatch.Install{}})
