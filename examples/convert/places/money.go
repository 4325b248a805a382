package main

import "fmt"

// yuan is an amount of whole yuan as files have it.
func yuan(n int) string { return fmt.Sprintf("%d.00", n) }

// admitted is the command that hands a matter down to a community together with
// its money.
func admitted(at, id, matter, purpose, applicant, community, approver string, year int, powers []string, amount int, shares []map[string]any) any {
	return map[string]any{
		"at": at, "key": id, "machine": "desk", "do": "admit",
		"mandate": map[string]any{
			"id": id, "matter": matter, "applicant": applicant, "community": community, "approver": approver,
			"powers": powers, "amount": yuan(amount), "basis": "社区事务准入",
		},
		"with": map[string]any{
			"machine": "book", "do": "fund", "mandate": id, "purpose": purpose, "year": year,
			"community": community, "approver": approver, "shares": shares,
		},
	}
}

// book is a command to the book.
func book(at, key, do string, fields map[string]any) any {
	fields["at"], fields["key"], fields["machine"], fields["do"] = at, key, "book", do
	return fields
}
