package street

import (
	"strings"

	"github.com/gridgov/gridgov/dispatch"
)

// deskRights is who may give which of the desk's commands about a case.
const deskRights = `
### Who may do what on the desk

| do | who |
|---|---|
| ` + "`file`, `attach`" + ` | anybody |
| ` + "`ack`, `start`, `assign`, `finish`, `return`, `dispute`, `handover`, `unclaim`" + ` | who serves the party that answers for the case: the lead, or the duty desk in its place |
| ` + "`resume`" + ` | likewise, or the duty desk, or ` + "`command`" + ` over the area |
| ` + "`extend`, `suspend`" + ` | not the lead itself: the duty desk, or ` + "`command` or `approve`" + ` over the area; a second ` + "`extend`" + ` takes ` + "`command`" + ` |
| ` + "`verify`, `verify_fail`" + ` | the duty desk, or ` + "`assess`" + ` over the area, and never who did the work; of a claimed case its reporter |
| ` + "`rule`, `rule_none`" + ` | the body that has the dispute |
| ` + "`appeal`" + ` | the party that answers for the case, or a party to the dispute |
| ` + "`claim`, `agree`, `assist_done`, `file_self`" + ` | the party that claims, consents, assists, leads |
| ` + "`note`, `contest`, `mend`, `accept`, `decline`" + ` | the regulator or the rectifier, each its own part |
| ` + "`withdraw`" + ` | the reporter whom the event names; ` + "`answer`" + ` also the duty desk, or ` + "`command`" + ` over the area |
| ` + "`apply`" + ` | the applicant, or the duty desk |
| ` + "`admit`, `deny`, `revoke`" + ` | the duty desk, or ` + "`decide`" + ` over the community |
| ` + "`import`" + ` | the street itself |
| every other | the duty desk, or ` + "`command`" + ` over the area |

The duty desk is the party ` + "`policy.desk`" + `. A person serves the parties of its posts and those above them; a post those of its own party and above. To rule on a dispute, to decide on an admission and to run the duty desk is for posts of that party itself.
`

// deskWords are the fields of the desk's commands that take a word of a list.
func deskWords() string {
	var b strings.Builder
	b.WriteString("\n### Words that the desk takes\n\n| field | words |\n|---|---|\n")
	row := func(field string, list []string) {
		b.WriteString("| " + field + " | `" + strings.Join(list, "`, `") + "` |\n")
	}
	row("`reason` of `reject`", words(dispatch.RejectReasons()))
	row("`reason` of `suspend`", words(dispatch.SuspendReasons()))
	row("`answer` of `call_back`", words([]dispatch.CallAnswer{dispatch.CallSatisfied, dispatch.CallUnsatisfied, dispatch.CallNoAnswer}))
	row("`satisfied` of `close`", words([]dispatch.Satisfied{dispatch.SatisfiedYes, dispatch.SatisfiedNo}))
	row("`role` of `note`", words([]dispatch.Role{dispatch.Regulator, dispatch.Rectifier}))
	b.WriteString("\nA `basis`, any other `reason`, an `override` and a `waiver` are free text; a community that was never admitted a matter returns it with the basis `" + dispatch.NotAdmitted + "`. A `point` is `[lng, lat]`, a `budget` a time limit such as `2wd`. The case of an event has the event's id unless `case` says another.\n\n" +
		"- `reporter` of an event in commands.jsonl is a code by which the reporter withdraws and is answered. It goes into the journal for ever: never write a name, a number of a person or a telephone there; events.csv takes those apart and they can be erased.\n" +
		"- `satisfied` of `close` is how the case ends in the reporters' eyes: what `call_back` heard, when it heard something, no when one reporter is not satisfied, else yes when one is; said otherwise it is refused as `answered`.\n" +
		"- `reworks` counts `verify_fail` and `rework` of one cycle together; a reopened case begins with none.\n" +
		"- `extend` moves the time to handle the case (H) and never its due (T). `on_time` looks at T alone: a case closed after T is late however often H was extended; a case that was merged, rejected or cancelled is neither on time nor late.\n")
	return b.String()
}

// words are values of a closed list as text.
func words[T ~string](list []T) []string {
	var out []string
	for _, w := range list {
		out = append(out, string(w))
	}
	return out
}
