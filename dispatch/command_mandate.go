package dispatch

// Apply applies for a matter to be handed down (准入申请). Admit with the same id admits
// it, Deny refuses it.
type Apply struct {
	Mandate Mandate `json:"mandate"`
}

// Deny refuses an application (不予准入).
type Deny struct {
	Mandate Code   `json:"mandate"`
	Reason  string `json:"reason"`
}

// Revoke ends an admitted mandate (准入撤销).
type Revoke struct {
	Mandate Code   `json:"mandate"`
	Reason  string `json:"reason"`
}

func (Apply) verb() string  { return "apply" }
func (Deny) verb() string   { return "deny" }
func (Revoke) verb() string { return "revoke" }

func (Apply) subject() Code  { return "" }
func (Deny) subject() Code   { return "" }
func (Revoke) subject() Code { return "" }

func (v Deny) clean() (Do, error) {
	err := checkCodes("mandate", v.Mandate)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Revoke) clean() (Do, error) {
	err := checkCodes("mandate", v.Mandate)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Apply) clean() (Do, error) {
	m := v.Mandate
	if m.Approver == "" {
		m.Approver = m.Applicant // nobody has decided yet
	}
	m, err := m.clean()
	m.Approver = v.Mandate.Approver
	v.Mandate = m
	return v, err
}
