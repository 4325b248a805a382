package crs

import "github.com/gridgov/gridgov/internal/phrase"

// texts holds what each fault is called in English and Chinese.
var texts = phrase.Catalog{
	"number":   {"coordinate is not a finite number", "坐标不是有限数"},
	"range":    {"coordinates outside the range of their system", "坐标超出该坐标系的取值范围"},
	"prefix":   {"easting does not carry the zone prefix of the system", "横坐标的带号与坐标系不符"},
	"meridian": {"too far from the central meridian, probably of another zone", "离中央子午线过远，可能属于其他投影带"},
	"outside":  {"outside the rectangle of China", "在中国矩形范围之外"},
	"edge":     {"at the edge of the rectangle of China, where GCJ-02 is torn", "位于中国矩形范围边缘，GCJ-02在此不连续"},

	"unknown":        {"not a known coordinate system", "未知的坐标系"},
	"transformation": {"needs a seven-parameter transformation that is not public", "需要未公开的七参数转换"},
	"unsupported":    {"coordinate system is not supported", "不支持的坐标系"},
	"wkt":            {"not the WKT text of a coordinate system", "不是坐标系的WKT文本"},
	"zone":           {"not a Gauss–Krüger zone of China", "不是中国的高斯–克吕格投影带"},
	"local":          {"local system out of range", "地方坐标系参数超出范围"},

	"detail": {"{0}: {1}", "{0}：{1}"},
	"at":     {"{0} at {1},{2}", "{0}，坐标{1},{2}"},
	"system": {"{1}: {0}", "{1}：{0}"},
}

// looks holds what coordinates look like, in English and Chinese.
var looks = phrase.Catalog{
	"degrees":              {"degrees in China; whether WGS84, CGCS2000, GCJ-02 or BD-09 cannot be told by range", "中国境内的经纬度；是WGS84、CGCS2000、GCJ-02还是BD-09无法由范围判断"},
	"degrees-swapped":      {"degrees in China, latitude first", "中国境内的经纬度，纬度在前"},
	"degrees-abroad":       {"degrees outside China", "中国境外的经纬度"},
	"zone":                 {"Gauss–Krüger metres with the prefix of {0}-degree zone {1}", "高斯–克吕格坐标（米），{0}度带，带号{1}"},
	"zone-swapped":         {"Gauss–Krüger metres with the prefix of {0}-degree zone {1}, northing first", "高斯–克吕格坐标（米），{0}度带，带号{1}，纵坐标在前"},
	"zones":                {"Gauss–Krüger metres with the prefixes of several zones", "高斯–克吕格坐标（米），含多个带号"},
	"zones-swapped":        {"Gauss–Krüger metres with the prefixes of several zones, northing first", "高斯–克吕格坐标（米），含多个带号，纵坐标在前"},
	"plain":                {"Gauss–Krüger or UTM metres without a zone prefix", "高斯–克吕格或UTM坐标（米），无带号"},
	"plain-swapped":        {"Gauss–Krüger or UTM metres without a zone prefix, northing first", "高斯–克吕格或UTM坐标（米），无带号，纵坐标在前"},
	"web-mercator":         {"Web Mercator metres", "Web墨卡托坐标（米）"},
	"web-mercator-swapped": {"Web Mercator metres, northing first", "Web墨卡托坐标（米），纵坐标在前"},
}
