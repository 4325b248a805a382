// Package gbcode reads the numbers that China's city management gives to things
// and to what happens to them: ids of components (部件标识码), codes of events
// (事件代码), and the codes of managed parts and matters (管理部件、管理事项) with
// their names. A Component, an Event and an Item are immutable comparable
// numbers, valid once they came from this package's functions, and safe for
// concurrent use; reading the digits of one,
// comparing and cutting it, and looking up its name allocate nothing.
//
// # Digits
//
//	440309 01 02 000017    a Component, 16 digits
//	│      │  │  └ 11-16 sequence (顺序码) in the county, of this subclass
//	│      │  └ 9-10 subclass (小类)
//	│      └ 7-8 class (大类)
//	└ 1-6 county (县级行政区划代码)
//
//	440309 06 11           an Event, 10 digits: a Component without a sequence
//
//	matter 06 001          an Item: a kind and five digits
//	│      │  └ 3-5 number (序号) in the class
//	│      └ 1-2 class (大类)
//	└ kind: part (管理部件) or matter (管理事项)
//
// The county is checked as package division checks it; in the prefectures without
// counties it is the prefecture's own code (441900). No other part is zero. Parse
// checks form: which classes a city uses, and which components exist, is for the
// city's own register to say.
//
// # The same five digits mean two things
//
// Part 01001 is the manhole cover of a water main, matter 01001 is something
// wrong with one. The key is the kind and the digits. Item.Code writes both,
// "matter.01.001", as a dotted code below "matter.01" and "matter"; Item.Digits is
// the bare "01001" for lists that hold matters only.
//
// # Sources
//
// The layout of 16 and 10 digits is that of GB/T 30428.2-2013 as published
// summaries give it.
//
// The table of names is second-hand and unverified: it says what a public
// repository says that GB/T 47678.5-2026 holds, which is said to have replaced
// GB/T 30428.2-2013 on 2026-07-01. Nobody here has compared it with the printed
// standard. It has 153 parts and 250 matters, and numbers missing within classes
// (01016, 05001, 05004 to 05008, 06031, 07005, 09007), for which no reason is
// known. Provenance says so at run time. An Item that it lacks is Valid all the
// same.
package gbcode
