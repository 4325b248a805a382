package division_test

import (
	"errors"
	"fmt"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/division"
)

func ExampleParse() {
	c, err := division.Parse("440309006001012")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Level().Text("zh"), c.Grouped(), "序号", c.Sequence())
	for {
		parent, ok := c.Parent()
		if !ok {
			break
		}
		c = parent
		fmt.Println(c.Level().Text("zh"), c)
	}

	// Everything that is wrong is said at once.
	_, err = division.Parse("9903００0000012")
	if refused, ok := errors.AsType[*division.ParseError](err); ok {
		for _, fault := range refused.Faults {
			fmt.Println(fault)
		}
	}
	// Output:
	// 单元网格 440309 006 001 012 序号 12
	// 村级 440309006001
	// 乡级 440309006
	// 县级 440309
	// 地级 440300
	// 省级 440000
	// 13 digits; a division code has 2, 4, 6, 9 or 12, a unit grid code 15
	// at 1-2: no province 99; there are 11-15, 21-23, 31-37, 41-46, 50-54, 61-65, 71, 81, 82
	// at 5-6: full-width ００; digits are 0-9
}

func ExampleAgree() {
	// The units of a map: a grid filed under the community next door, one whose
	// code is the subdistrict's own invention.
	for _, u := range []grid.Unit{
		{Code: "440309006002", Parent: "440309006"},
		{Code: "440309006001012", Parent: "440309006002"},
		{Code: "440309006-01-1", Parent: "440309006001"},
	} {
		if c, ok := division.Agree(u.Code, u.Parent); !ok {
			fmt.Println(c.Text("en"))
			fmt.Println(c.Text("zh"))
		}
	}
	// Output:
	// 440309006001012 does not lie in 440309006002: at 10-12: community 001, the parent's is 002
	// 440309006001012不属于440309006002：第10-12位：村级代码为001，上级为002
}

func ExampleCode_Child() {
	community, err := division.Parse("440309006001")
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := 1; n <= 2; n++ {
		g, ok := community.Child(division.Grid, n)
		fmt.Println(g, ok, community.Covers(g))
	}
	_, ok := community.Child(division.Grid, 1000)
	fmt.Println(ok)
	// Output:
	// 440309006001001 true true
	// 440309006001002 true true
	// false
}

func ExampleCode_At() {
	// Dongguan has no counties: its streets lie directly in the prefecture.
	street, err := division.Parse("441900003000")
	if err != nil {
		fmt.Println(err)
		return
	}
	_, ok := street.At(division.County)
	city, _ := street.At(division.Prefecture)
	fmt.Println(street, street.StreetKind().Text("zh"), ok, city)
	// Output: 441900003 街道 false 441900
}

func ExampleCode_Padded() {
	c, err := division.Parse("4403")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Short(), c, c.Padded())
	// Output: 4403 440300 440300000000
}
