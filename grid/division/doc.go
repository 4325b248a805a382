// Package division reads the numbers that places in China carry: administrative
// division codes (行政区划代码) and unit grid codes (单元网格编码). A Code is an
// immutable comparable number, valid once it came from Parse, Of or Child, and
// safe for concurrent use; reading, comparing and cutting one allocates nothing.
//
// # Digits
//
//	44 03 09 006 001 012
//	│  │  │  │   │   └ 13-15 sequence (顺序码) of a unit grid in its community
//	│  │  │  │   └ 10-12 community or village (社区、村)
//	│  │  │  └ 7-9 street: subdistrict, town or township (街道、镇、乡)
//	│  │  └ 5-6 county, district (县、区)
//	│  └ 3-4 prefecture, city (地、市)
//	└ 1-2 province
//
// A code has 2, 4, 6, 9 or 12 digits, or 15 for a unit grid. Parts of zeros at
// the end are padding: 44, 4400, 440000 and 440000000000 are one province. A
// unit grid code is never padded.
//
// # Sources
//
// GB/T 2260 (digits 1-6), GB/T 10114 (7-9), the statistical bureau's rule for
// codes of 12 digits (统计用区划代码, 国统字〔2009〕91号), CJ/T 213 and GB/T
// 30428.1 (15 digits). The list of provinces is here, since it has not changed
// for decades. Which prefectures, counties, streets and communities exist changes
// every year and is not: Parse checks form, a map or a table checks existence.
//
// # Parts that are left out
//
// A part may be zero only if every part after it is. Exceptions are the
// prefectures without counties (不设区的地级市) Dongguan 4419, Zhongshan 4420,
// Sansha 4603, Danzhou 4604 and Jiayuguan 6202, whose streets come directly
// under the prefecture (441900003), and the districts of Hong Kong and Macao,
// which have no prefecture (810001). Such a place has no ancestor at the level
// left out; its Parent is one further out.
package division
