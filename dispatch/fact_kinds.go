package dispatch

// factKind is one kind of fact and how its body is read.
type factKind struct {
	zero   Fact
	decode func([]byte) (Fact, error)
}

func factKindOf[F Fact]() factKind {
	var zero F
	return factKind{zero, func(body []byte) (Fact, error) { return decodeAs[F](body) }}
}

var factKinds = []factKind{
	factKindOf[SetupInstalled](), factKindOf[CaseFiled](), factKindOf[CaseRegistered](), factKindOf[OwnerUnclear](), factKindOf[Dispatched](),
	factKindOf[Acknowledged](), factKindOf[AckDeemed](), factKindOf[WorkStarted](), factKindOf[WorkDone](), factKindOf[Verified](),
	factKindOf[VerifyLapsed](), factKindOf[CaseClosed](), factKindOf[StageOverdue](), factKindOf[TotalOverdue](), factKindOf[ReviewDue](),
	factKindOf[Rezoned](), factKindOf[MandateAdmitted](), factKindOf[Refused](),

	factKindOf[SupplementAsked](), factKindOf[SupplementGiven](), factKindOf[SupplementLapsed](), factKindOf[CaseRejected](),
	factKindOf[CaseCancelled](), factKindOf[SelfHandled](), factKindOf[HandedOver](), factKindOf[Attached](), factKindOf[DueExtended](),
	factKindOf[Suspended](), factKindOf[Resumed](), factKindOf[VerifyFailed](), factKindOf[ReworkOrdered](), factKindOf[Reopened](),
	factKindOf[Merged](), factKindOf[MergedIn](), factKindOf[Split](), factKindOf[SplitOff](), factKindOf[CalledBack](), factKindOf[Replied](),
	factKindOf[Archived](), factKindOf[DueRevised](), factKindOf[ClaimOpened](), factKindOf[Claimed](), factKindOf[Unclaimed](),

	factKindOf[ReturnAsked](), factKindOf[ReturnAccepted](), factKindOf[ReturnRefused](), factKindOf[ReviewLapsed](), factKindOf[DisputeOpened](),
	factKindOf[DisputeAppealed](), factKindOf[DisputeRaised](), factKindOf[DisputeSettled](), factKindOf[DisputeRuled](),
	factKindOf[PrecedentProposed](), factKindOf[Redirected](), factKindOf[LadderRaised](), factKindOf[RungSkipped](),

	factKindOf[Noted](), factKindOf[NoteDeemed](), factKindOf[FindingContested](), factKindOf[RectifyReported](), factKindOf[RectifyAccepted](),
	factKindOf[RectifyDeclined](), factKindOf[RectifyLapsed](), factKindOf[AssistReported](), factKindOf[MandateApplied](),
	factKindOf[MandateOverdue](), factKindOf[MandateDenied](), factKindOf[MandateRevoked](),

	factKindOf[Assigned](), factKindOf[VerifyWaived](), factKindOf[ReworksSpent](), factKindOf[CaseImported](), factKindOf[MandateRevised](),
}

// Facts lists the zero value of every kind of fact.
func Facts() []Fact {
	list := make([]Fact, len(factKinds))
	for i, kind := range factKinds {
		list[i] = kind.zero
	}
	return list
}

// FactName is the name of a fact in an entry, "" for nil.
func FactName(f Fact) string {
	if f == nil {
		return ""
	}
	return f.fact()
}

// factDecoders finds a kind by its name.
var factDecoders = func() map[string]func([]byte) (Fact, error) {
	byName := map[string]func([]byte) (Fact, error){}
	for _, kind := range factKinds {
		byName[kind.zero.fact()] = kind.decode
	}
	return byName
}()

// decodeFact reads the body of a fact strictly.
func decodeFact(name string, body []byte) (Fact, error) {
	if decode := factDecoders[name]; decode != nil {
		return decode(body)
	}
	return nil, ErrEntry
}
