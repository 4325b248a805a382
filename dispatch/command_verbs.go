package dispatch

import "fmt"

// Verb describes one verb.
type Verb struct {
	Name string // as in "do" of commands.jsonl
	Doc  string // one line
	Zero Do     // its zero value, which shows the fields

	decode func([]byte) (Do, error)
}

func verb[D Do](doc string) Verb {
	var zero D
	return Verb{zero.verb(), doc, zero, func(body []byte) (Do, error) { return decodeAs[D](body) }}
}

var verbs = []Verb{
	verb[Install]("put a map, list, directory, calendar and policy in force (启用); not written as JSON"),
	verb[File]("report an event and open a case (上报)"),
	verb[Import]("bring a case over from another system, open or ended (迁入)"),
	verb[FileSelf]("report an event that the finder handles at once (采办合一)"),
	verb[Attach]("add another report of the same thing to an open case (并入报告)"),
	verb[AskMore]("ask the reporter for more (要求补充)"),
	verb[Answer]("give what was asked for (补充)"),
	verb[Reject]("end a report that nothing can be done about (不予受理)"),
	verb[Withdraw]("take a report back (撤回)"),
	verb[Register]("take a report as a case (立案)"),
	verb[Dispatch]("give a case to the lead the list names, or open it for claims (派遣)"),
	verb[Take]("take a case that waits for a claimant (认领)"),
	verb[Unclaim]("give it back (放弃认领)"),
	verb[Ack]("say that the lead has taken note (签收)"),
	verb[Return]("say that a case is somebody else's (退件)"),
	verb[AcceptReturn]("agree and give it to another party (同意退件)"),
	verb[RefuseReturn]("do not agree (不同意退件)"),
	verb[Redirect]("put right a dispatch to the wrong party (改派)"),
	verb[Dispute]("take the question whose a case is to the dispute ladder (提出争议)"),
	verb[Agree]("settle a dispute by the consent of the new lead (协商一致)"),
	verb[Judge]("rule whose a disputed case is (裁定)"),
	verb[JudgeNone]("rule that nobody is competent (裁定无主管)"),
	verb[Appeal]("take a ruling to the next level (申请复核)"),
	verb[Start]("say that the lead begins (开始处置)"),
	verb[Assign]("send people of the lead (派员)"),
	verb[HandOver]("hand a self-handled case to the desk (移交)"),
	verb[Extend]("give the lead more time (延期)"),
	verb[Suspend]("let a case wait until a review date (挂起)"),
	verb[Resume]("go on with a suspended case (恢复)"),
	verb[Note]("say that regulator or rectifier has taken note (接收)"),
	verb[Contest]("deny the finding, as its rectifier (异议)"),
	verb[Mend]("say that it was mended, as its rectifier (整改完成)"),
	verb[Accept]("accept the mending or the objection, as regulator (验收)"),
	verb[Decline]("do not accept it (验收不通过)"),
	verb[AssistDone]("say that an assisting party has done its part (协办完成)"),
	verb[Finish]("say that the work is done (处置完成)"),
	verb[Verify]("say that somebody else found it done (核查)"),
	verb[Fail]("say that it was not found done (核查不通过)"),
	verb[CallBack]("record what a reporter says of the result (回访)"),
	verb[Rework]("order a verified case to be done again (返工)"),
	verb[Reply]("answer a reporter (答复)"),
	verb[Close]("end a case (结案)"),
	verb[Reopen]("take up a case that has ended (重新立案)"),
	verb[Merge]("go on with a case as part of another (并案)"),
	verb[Part]("let a merged case stand alone again (拆案)"),
	verb[Archive]("let a case that has ended leave memory (归档)"),
	verb[Apply]("apply for a matter to be handed down (准入申请)"),
	verb[Admit]("hand a matter down to a community (准入)"),
	verb[Deny]("refuse an application (不予准入)"),
	verb[Revoke]("end an admitted mandate (准入撤销)"),
}

// Verbs lists every verb, in the order of the life of a case.
func Verbs() []Verb { return append([]Verb(nil), verbs...) }

var verbsByName = func() map[string]Verb {
	byName := map[string]Verb{}
	for _, v := range verbs {
		byName[v.Name] = v
	}
	return byName
}()

// DecodeDo reads the JSON object of a verb's fields, as Verbs lists them; fields
// left out are zero. An unknown verb, Install, or anything that is not an object
// of exactly such fields is ErrCommand.
func DecodeDo(name string, body []byte) (Do, error) {
	v, known := verbsByName[name]
	if _, install := v.Zero.(Install); !known || install {
		return nil, &DeskError{Verb: name, Err: fmt.Errorf("%w: no verb %q can be read", ErrCommand, name)}
	}
	do, err := v.decode(body)
	if err != nil {
		return nil, &DeskError{Verb: name, Err: fmt.Errorf("%w: %w", ErrCommand, err)}
	}
	return do, nil
}
