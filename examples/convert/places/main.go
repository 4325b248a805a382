// Command places writes four example places as street folders: guangming (one
// leading group, one centre, six squads), majiang (two service centres, four
// stations, forty-five grids) and guanlan (communities, blocks and red grids).
//
//	go run ./examples/convert/places -out examples/street/places
//
// Their figures are those of public reports on the subdistricts they are named
// after. Ground, names and people are made up, and so is every number that a
// report does not give; each folder's README.md says which is which. The same
// program gives the same bytes: its only chance is a generator of its own.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	out := flag.String("out", "", "folder to write the places into")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "places:", err)
		os.Exit(1)
	}
}

// places are the generators of the folders, by name.
var places = []struct {
	name string
	make func() *folder
}{{"guangming", guangming}, {"majiang", majiang}, {"guanlan", guanlan}, {"luohu", luohu}}

// write writes every place into a folder of its own in dir.
func write(dir string) error {
	if dir == "" {
		return fmt.Errorf("-out is needed")
	}
	for _, p := range places {
		files, err := p.make().files()
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		for name, data := range files {
			path := filepath.Join(dir, p.name, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(path, data, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
