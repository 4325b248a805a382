module github.com/gridgov/gridgov/bench

go 1.26.0

require (
	github.com/golang/geo v0.0.0-20260818125358-b200a1149890
	github.com/gridgov/gridgov v0.0.0-00010101000000-000000000000
	github.com/paulmach/orb v0.14.0
	github.com/peterstace/simplefeatures v0.50.0
	github.com/ringsaturn/tzf v1.0.2
	github.com/stretchr/testify v1.12.1
	github.com/tidwall/geojson v1.4.5
	github.com/tidwall/rtree v1.10.0
	golang.org/x/sys v0.49.0
	pgregory.net/rapid v1.3.0
)

require (
	github.com/mitchellh/mapstructure v1.5.0 // indirect
	github.com/ringsaturn/tzf-rel-lite v0.0.2025-b2 // indirect
	github.com/tidwall/geoindex v1.7.0 // indirect
	github.com/twpayne/go-polyline v1.1.1 // indirect
	go.mongodb.org/mongo-driver/v2 v2.5.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/text v0.43.0 // indirect
	google.golang.org/protobuf v1.36.9 // indirect
)

replace github.com/gridgov/gridgov => ../
