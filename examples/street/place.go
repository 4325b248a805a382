package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/gridgov/gridgov/street"
)

//go:embed places
var places embed.FS

// placeNames are the embedded places, by name.
func placeNames() []string {
	var names []string
	entries, err := places.ReadDir("places")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// folder is the file system of the place that the flags name.
func (a *app) folder() (fs.FS, error) {
	if a.dir != "" {
		info, err := os.Stat(a.dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, badInput(fmt.Errorf("%s: %w", a.named(), err))
		case err != nil:
			return nil, err
		case !info.IsDir():
			return nil, badInput(fmt.Errorf("%s %s is not a folder", a.named(), a.dir))
		}
		return os.DirFS(a.dir), nil
	}
	sub, err := fs.Sub(places, "places/"+a.place)
	if err == nil {
		_, err = fs.Stat(sub, "street.json")
	}
	if err != nil {
		return nil, badInput(fmt.Errorf("no embedded place %q: want one of %v, or -dir", a.place, placeNames()))
	}
	return sub, nil
}

// named is the flag that named the folder.
func (a *app) named() string {
	if a.to != "" && a.to == a.dir {
		return "-to"
	}
	return "-dir"
}

// load reads the place; opts keeps what the command asks for.
func (a *app) load(opts street.LoadOptions) (*street.Folder, error) {
	fsys, err := a.folder()
	if err != nil {
		return nil, err
	}
	opts.Zone, opts.Parallel = time.LoadLocation, parallel
	return street.Load(fsys, opts)
}

// instant is -now, or the latest instant of the folder.
func (a *app) instant(f *street.Folder) (time.Time, error) {
	if a.now == "" {
		return f.Latest(), nil
	}
	at, err := f.ParseTime(a.now)
	if err != nil {
		return at, badInput(fmt.Errorf("-now %q: %w", a.now, err))
	}
	return at, nil
}

// parallel runs do(0) … do(n-1) on as many goroutines as there are processors.
func parallel(n int, do func(i int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}
