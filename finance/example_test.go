package finance_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/finance"
)

// Three parties pay for a small park: the renewal company, the subdistrict and
// the community. It costs less than planned, and each gets its share back.
func ExampleBook() {
	book := finance.NewBook()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	do := func(key string, verb finance.Do) {
		outcome, err := book.Decide(at, finance.Command{Key: key, Do: verb})
		if err != nil {
			fmt.Println(err)
			return
		}
		if outcome.Refusal != nil {
			fmt.Println("refused:", outcome.Refusal.Text("en"))
		}
		for _, entry := range outcome.Entries {
			if err := book.Apply(entry); err != nil {
				fmt.Println(err)
			}
		}
	}
	yuan := func(s string) finance.Fen {
		amount, err := finance.ParseYuan(s)
		if err != nil {
			fmt.Println(err)
		}
		return amount
	}

	for _, payer := range []struct {
		line   finance.Code
		party  finance.Code
		source finance.Source
		amount string
	}{
		{"renewal-2026", "renewal-company", finance.Social, "400000.00"},
		{"street-2026", "guanlan-subdistrict", finance.Treasury, "250000.00"},
		{"community-2026", "xincheng-community", finance.Department, "100000.00"},
	} {
		do("open "+string(payer.line), finance.Open{Line: payer.line, Name: "park share", Party: payer.party, Purpose: "park", Year: 2026, Source: payer.source, Special: true})
		do("grant "+string(payer.line), finance.Appropriate{Line: payer.line, Amount: yuan(payer.amount), Basis: "agreement 12"})
	}
	do("fund", finance.Fund{Mandate: "park", Purpose: "park", Year: 2026, Community: "xincheng-community", Approver: "secretary", Shares: []finance.Share{
		{Line: "renewal-2026", Amount: yuan("400000.00")},
		{Line: "street-2026", Amount: yuan("250000.00")},
		{Line: "community-2026", Amount: yuan("100000.00")},
	}})
	do("build", finance.Commit{Mandate: "park", Commitment: "build", Payee: "builder", Purpose: "park.works", Amount: yuan("600000.00")})
	do("paint", finance.Commit{Mandate: "park", Commitment: "paint", Payee: "painter", Purpose: "road", Amount: yuan("1000.00")})
	do("first", finance.Pay{Commitment: "build", Payment: "voucher-1", Amount: yuan("500000.00")})
	do("first", finance.Pay{Commitment: "build", Payment: "voucher-1", Amount: yuan("500000.00")}) // sent twice, paid once
	do("last", finance.Pay{Commitment: "build", Payment: "voucher-2", Amount: yuan("99999.99")})
	do("end", finance.Settle{Mandate: "park", Release: true})

	account, _ := book.Disclosure("park")
	fmt.Printf("%s: granted %v, paid %v, returned %v\n", account.Mandate, account.Granted, account.Paid, account.Returned)
	for _, p := range account.Payers {
		fmt.Printf("%-19s gave %v, bore %v, got back %v\n", p.Party, p.Granted, p.Paid, p.Returned)
	}
	// Output:
	// refused: the money of park is for park only, not for road
	// park: granted 750000.00, paid 599999.99, returned 150000.01
	// xincheng-community  gave 100000.00, bore 80000.00, got back 20000.00
	// renewal-company     gave 400000.00, bore 319999.99, got back 80000.01
	// guanlan-subdistrict gave 250000.00, bore 200000.00, got back 50000.00
}

func ExampleParseYuan() {
	amount, err := finance.ParseYuan("750000.5")
	fmt.Println(amount, int64(amount), err)
	_, err = finance.ParseYuan("750,000.00")
	fmt.Println(err)
	// Output:
	// 750000.50 75000050 <nil>
	// finance: not an amount in yuan: "750,000.00"
}

func ExampleSplit() {
	parts, err := finance.Split(100*finance.Yuan, []int64{1, 1, 1})
	fmt.Println(parts, err)
	// Output: [33.34 33.33 33.33] <nil>
}
