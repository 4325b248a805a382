package party_test

import (
	"fmt"

	"github.com/gridgov/gridgov/party"
)

func ExampleDirectory_Person() {
	d := guanlan()
	for p := range d.People() {
		fmt.Println(p.Name, p.Phone)
	}
	p, _ := d.Person("huang")
	number, _ := d.Call("huang") // for placing the call, never for showing
	fmt.Println(p.Phone == number)
	// Output:
	// 黄思标 ***-****-**34
	// 朱县华 138-0000-5678
	// false
}

func ExampleMask() {
	fmt.Println(party.Mask("0755-2801 0001"), party.Mask("110"))
	// Output: ****-**** **01 ***
}

func ExampleDirectory_Erase() {
	d := guanlan()
	erased := d.Erase("huang")
	p, _ := erased.Person("huang")
	who, _ := erased.Holder("secretary", march(2))
	fmt.Printf("%q %q %v %v\n", p.Name, p.Phone, who, erased.Hash() == d.Hash())
	// Output: "" "" huang true
}

func ExampleDirectory_Hash() {
	plan := party.Plan{Parties: []party.Party{{Code: "niuhu"}, {Code: "xinlan"}}}
	d, _ := party.NewDirectory(nil, plan)
	plan.Parties[0], plan.Parties[1] = plan.Parties[1], plan.Parties[0]
	other, _ := party.NewDirectory(nil, plan)
	fmt.Println(d.Hash() == other.Hash())
	// Output: true
}

func ExampleDirectory_Format() {
	d, _ := party.NewDirectory(nil, party.Plan{People: []party.Person{{Code: "huang", Phone: "13800001234"}}})
	fmt.Printf("%.48v\n", fmt.Sprintf("%+v", d))
	// Output: party.Directory{parties: 0, people: 1, posts: 0,
}

func ExampleDirectory_Skilled() {
	for p := range guanlan().Skilled("office", march(6), "first-aid") {
		fmt.Println(p.Name)
	}
	// Output: 朱县华
}

func ExampleDirectory_Registrations() {
	d := guanlan()
	for r := range d.Registrations("niuhu", "", march(2)) {
		fmt.Println(r.Area, r.Person, r.Kind)
	}
	fmt.Println(d.Registered("niuhu", party.ReportIn, march(2)))
	// Output:
	// grid-27 huang membership
	// grid-28 zhu report-in
	// 1
}

func ExampleDirectory_May() {
	d := guanlan()
	for _, person := range []party.Code{"huang", "zhu"} {
		v := d.May(person, "", party.RightCommand, "grid-27", march(6))
		fmt.Println(v.OK, v.Text("en"))
	}
	fmt.Println(d.May("huang", "secretary", party.RightCommand, "squad", march(6)).Text("zh"))
	// Output:
	// true committee holds the right command over niuhu
	// false zhu has no right command over grid-27
	// committee 对 niuhu 享有 command 权限
}

func ExampleDirectory_Allows() {
	d := guanlan()
	// Nobody is given the right to approve: it binds nobody, and nobody is granted it.
	fmt.Println(d.Allows("zhu", "", "approve", "niuhu", march(6)), d.Grants("zhu", "", party.RightApprove, "niuhu", march(6)))
	// Output: true false
}

func ExampleRightKinds() {
	fmt.Println(party.RightKinds())
	// Output: [command assess appoint decide guarantee manage approve]
}

func ExampleDirectory_Groups() {
	d := guanlan()
	for g := range d.Groups(march(9)) {
		fmt.Println(g.Name, g.Lead, g.Members)
	}
	g, _ := d.Group("flood")
	fmt.Println(g.During.Until.Day(), d.InGroup("huang", "flood", march(11)), d.InGroup("huang", "flood", march(12)))
	// Output:
	// 三防小组 zhu [huang zhu]
	// 12 true false
}

func ExampleDirectory_Facilities() {
	for x := range guanlan().Facilities("committee", march(2)) {
		fmt.Println(x.Kind, x.SquareMeters >= 400)
	}
	// Output: service-centre true
}

func ExampleDirectory_MayCollect() {
	d := guanlan()
	master, _ := d.Master("tenants", march(6))
	fmt.Println(master)
	for _, by := range []party.Code{"squad", "fire"} {
		v := d.MayCollect("tenants", by, march(6))
		fmt.Println(v.OK, v.Text("en"))
	}
	// Output:
	// committee
	// true committee collects the field tenants
	// false the field tenants is collected by committee: take it from there
}

func ExamplePlace_String() {
	fmt.Println(party.Place{Layer: "building", Feature: "3"}, party.Place{}.IsZero())
	// Output: building:3 true
}

func ExampleDirectory_Redactor() {
	d, _ := party.NewDirectory(nil, party.Plan{People: []party.Person{{Code: "p", Name: "陈一", Phone: "13800138001"}}})
	hide := d.Redactor()
	fmt.Println(hide.Hide("商铺（联系人陈一 138-0013-8001）"))
	fmt.Println(hide.Hide("热线12345"))
	// Output:
	// 商铺（联系人陈一 ***-****-**01）
	// 热线12345
}
