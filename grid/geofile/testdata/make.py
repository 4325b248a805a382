# Marks a row of gbk.dbf as deleted with GDAL, writes dirty.shp with pyshp, whose
# rings run as they are given, and wkb.txt with shapely and GDAL: the geometry, the
# SRID and the hexadecimal text, a line each.
import json
import shapefile, shapely.geometry, shapely.wkb, shapely.wkt
from osgeo import gdal, ogr

source = gdal.OpenEx("gbk.shp", gdal.OF_VECTOR | gdal.OF_UPDATE, open_options=["AUTO_REPACK=NO"])
source.GetLayer(0).DeleteFeature(2)
source = None

def square(x, y, side, clockwise):
    ring = [[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]]
    return ring if clockwise else ring[::-1]

w = shapefile.Writer("dirty", shapeType=shapefile.POLYGON, encoding="utf-8")
w.field("code", "C", 12)
w.field("old", "L")
w.field("ratio", "F", 20, 6)
w.field("short", "C", 8)
A, B = True, False
def add(code, old, ratio, short, *rings):
    w.poly(list(rings))
    w.record(code, old, ratio, short)
add("OUTER-WRONG", True, 1.5, "光明",  square(113.90, 22.70, 0.01, B))
add("HOLE-WRONG", False, -2, "街道", square(113.92, 22.70, 0.01, A), square(113.922, 22.702, 0.002, A))
add("BOTH-WRONG", None, None, "", square(113.94, 22.70, 0.01, B), square(113.942, 22.702, 0.002, A))
add("HOLE-FIRST", True, 0, "a", square(113.962, 22.702, 0.006, B), square(113.96, 22.70, 0.01, A), square(113.964, 22.704, 0.002, A))
w.close()

# What is expected of a geometry, as GeoJSON: its own, but a collection of polygons
# is one MultiPolygon, and an empty geometry is none.
def expected(g):
    if g.is_empty:
        return None
    def polygons(g):
        return [p for part in g.geoms for p in polygons(part)] if hasattr(g, "geoms") else [g]
    if g.geom_type == "GeometryCollection":
        g = shapely.geometry.MultiPolygon(polygons(g))
    return shapely.geometry.mapping(g)

wkt = [
    "POLYGON ((113.9 22.7, 113.92 22.7, 113.92 22.72, 113.9 22.7))",
    "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 4, 4 4, 4 2, 2 2))",
    "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((2 2, 9 2, 9 9, 2 9, 2 2), (3 3, 3 4, 4 4, 3 3)))",
    "POLYGON Z ((0 0 5, 1 0 6, 1 1 7, 0 0 5))",
    "LINESTRING (0 0, 1 1.5, -2 3)",
    "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 4))",
    "POINT (113.9012345 22.7)",
    "POINT Z (1 2 3)",
    "MULTIPOINT (1 2, 3 4)",
    "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)), MULTIPOLYGON (((2 2, 3 2, 3 3, 2 2))), GEOMETRYCOLLECTION (POLYGON ((4 4, 5 4, 5 5, 4 4))))",
    "POLYGON EMPTY",
    "POINT EMPTY",
    "MULTIPOLYGON EMPTY",
    "GEOMETRYCOLLECTION EMPTY",
]
# GEOS keeps no M: these are written by GDAL, with the numbers of ISO.
measured = [
    "POLYGON ZM ((0 0 1 2, 1 0 1 2, 1 1 1 2, 0 0 1 2))",
    "LINESTRING M (0 0 7, 1 1 8)",
    "MULTIPOINT ZM (1 2 3 4, 5 6 7 8)",
    "MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))",
]
with open("wkb.txt", "w") as f:
    def line(geometry, srid, data):
        f.write(f"{json.dumps(geometry, separators=(',', ':'))}\t{srid}\t{data}\n")
    for text in wkt:
        g = shapely.wkt.loads(text)
        line(expected(g), 0, shapely.wkb.dumps(g, hex=True, big_endian=True))
        line(expected(g), 4490, shapely.wkb.dumps(g, hex=True, srid=4490))
    for text in measured:
        g = ogr.CreateGeometryFromWkt(text)
        geometry = json.loads(g.ExportToJson())
        for order in (ogr.wkbNDR, ogr.wkbXDR):
            line(geometry, 0, bytes(g.ExportToIsoWkb(order)).hex())
