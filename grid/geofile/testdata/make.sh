#!/bin/sh
# Writes the Shapefiles and the .geojson that GDAL reads from them. Run here, with
# gdal-bin, python3-pyshp and python3-shapely of Debian 12 and a GeoJSON file of
# the wards of Boston as the argument.
set -e
rm -f *.shp *.shx *.dbf *.prj *.cpg *.gdal.geojson
ogr2ogr -q -lco ENCODING=GBK gbk.shp areas.geojson
ogr2ogr -q -lco ENCODING=LDID/77 -sql 'SELECT code AS "编码", name AS "名称", homes AS "户数" FROM areas' language.shp areas.geojson
rm -f language.cpg
ogr2ogr -q -lco ENCODING=UTF-8 -dim XYZ -nlt POLYGON25D tall.shp areas.geojson
ogr2ogr -q -lco ENCODING=UTF-8 -dim XYM -nlt POLYGONM measured.shp areas.geojson
ogr2ogr -q -lco ENCODING=UTF-8 -t_srs EPSG:4547 plane.shp areas.geojson
ogr2ogr -q -lco ENCODING=UTF-8 lines.shp lines.geojson
ogr2ogr -q -lco ENCODING=UTF-8 points.shp points.geojson
ogr2ogr -q -nlt MULTIPOINT25D -lco ENCODING=UTF-8 multipoints.shp points.geojson
ogr2ogr -q -where "code IN ('09', '19')" wards.shp "$1"
/usr/bin/python3 make.py
for name in gbk language tall measured lines points multipoints wards; do
  ogr2ogr -q -f GeoJSON -lco COORDINATE_PRECISION=7 -lco RFC7946=NO "$name.gdal.geojson" "$name.shp"
done
rm -f *.qpj tall.prj measured.prj lines.prj points.prj multipoints.prj
