package gbcode_test

import (
	"fmt"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/gbcode"
)

// A manhole cover in Longhua district, and what its number says.
func ExampleParseComponent() {
	cover, err := gbcode.ParseComponent("4403090102000017")
	fmt.Println(cover.Grouped(), cover.County(), cover.Class(), cover.Subclass(), cover.Sequence(), err)

	_, err = gbcode.ParseComponent("4403000100000017")
	fmt.Println(err)
	// Output:
	// 440309 01 02 000017 440309 1 2 17 <nil>
	// gbcode: "4403000100000017": at 5-6: county 00 before a place inside it; 01-99 (00 only in 4419, 4420, 4603, 4604, 6202); at 9-10: subclass 00; 01-99
}

func ExampleItem_Name() {
	matter, _ := gbcode.ParseItem(gbcode.Matter, "01001")
	part, _ := matter.Part()
	class, _ := matter.Parent()
	for _, i := range []gbcode.Item{matter, part, class} {
		name, _ := i.Name()
		fmt.Println(i, name)
	}
	fmt.Println(gbcode.Provenance("en"))
	// Output:
	// matter.01.001 供水井盖异常
	// part.01.001 供水井盖
	// matter.01 市政公用设施类
	// Names taken from a public repository that attributes them to GB/T 47678.5-2026; not compared with the printed standard.
}

// A subdistrict begins its list of matters with the table.
func ExampleMatters() {
	var matters []dispatch.Matter
	for _, r := range gbcode.Matters() {
		kind := dispatch.EventKind
		if r.Component {
			kind = dispatch.ComponentKind
		}
		matters = append(matters, dispatch.Matter{Code: r.Code, Name: r.Name, Kind: kind})
	}
	first, last := matters[0], matters[len(matters)-1]
	fmt.Println(len(matters), first.Code, first.Name, first.Kind, last.Code, last.Name, last.Kind)
	fmt.Println(dispatch.Covers("06", "06001"))
	// Output:
	// 250 01001 供水井盖异常 component 10002 架空线缆脱落 event
	// true
}
