package geofile

import "github.com/gridgov/gridgov/internal/phrase"

// texts holds what each fault is called in English and Chinese. What was found
// follows after a colon.
var texts = phrase.Catalog{
	"read":        {"file cannot be read", "文件无法读取"},
	"too-large":   {"file holds more bytes than allowed once inflated", "文件解压后超过允许的字节数"},
	"gzip":        {"gzip file is damaged", "gzip 文件已损坏"},
	"truncated":   {"file ends too early", "文件提前结束"},
	"encoding":    {"file is not UTF-8 or GB18030 text", "文件不是 UTF-8 或 GB18030 文本"},
	"features":    {"more features than allowed", "要素数量超过上限"},
	"vertices":    {"more vertices than allowed", "顶点数量超过上限"},
	"properties":  {"more properties in one feature than allowed", "单个要素的属性数量超过上限"},
	"depth":       {"nested deeper than allowed", "嵌套层数超过上限"},
	"syntax":      {"not JSON", "不是合法的 JSON"},
	"token":       {"word that JSON does not know", "JSON 中没有这个词"},
	"number":      {"malformed or too large a number", "数字格式错误或过大"},
	"string":      {"malformed string", "字符串格式错误"},
	"duplicate":   {"name given twice", "名称重复"},
	"missing":     {"required but missing", "缺少必填项"},
	"kind":        {"value of the wrong kind", "值的类型不对"},
	"type":        {"type is neither FeatureCollection nor Feature", "type 不是 FeatureCollection 或 Feature"},
	"geometry":    {"geometry type is not read", "不支持的几何类型"},
	"coordinates": {"coordinates are not numbers nested as their type says", "坐标的层次与几何类型不符"},
	"short":       {"ring of fewer than 3 or line of fewer than 2 places", "环少于 3 点或线少于 2 点"},
	"range":       {"place outside ±180, ±90 degrees", "坐标超出经度 ±180、纬度 ±90"},
	"crs":         {"coordinate system is not WGS84 longitude and latitude", "坐标系不是 WGS84 经纬度"},
	"code":        {"not a code", "编码无效"},
	"count":       {"count is not a whole number from 0", "数量不是非负整数"},
	"value":       {"property cannot be written as JSON", "属性无法写成 JSON"},
	"color":       {"not a plain colour", "不是普通颜色值"},
	"point":       {"coordinate is not a finite number", "坐标不是有限数"},
}
