package spatial

import "fmt"

// With answers a tree without some items of t and with others. t stays as it is
// and shares what did not change. An item to be taken out that t does not have is
// left alone. It answers an error like Build's for an item that is not valid.
// O(log n) for each item.
func (t *Tree) With(out, in []Item) (*Tree, error) {
	for i, it := range in {
		if !it.Valid() {
			return nil, fmt.Errorf("item %d: %w: %v to %v", i, ErrBox, it.Min, it.Max)
		}
	}
	if t == nil {
		return Build(in)
	}
	t.copying.Lock()
	next := &Tree{rt: *t.rt.Copy()}
	t.copying.Unlock()
	for _, it := range out {
		if it.Valid() {
			next.rt.Delete(it.Min, it.Max, it.ID)
		}
	}
	for _, it := range in {
		next.rt.Insert(it.Min, it.Max, it.ID)
	}
	return next, nil
}
