package party

import (
	"iter"
	"time"
)

// Superior is a party that commands a person, and how.
type Superior struct {
	Party Code
	By    Command
	Post  Code // the post through which; none for ByHome
}

// Command is one side of dual command (双重管理).
type Command string

// The sides.
const (
	ByArea Command = "area" // 块: the nearest territorial party, from the post's own party upwards
	ByLine Command = "line" // 条: the nearest party with a functional line, likewise
	ByHome Command = "home" // the home party, of somebody who serves elsewhere or nowhere
)

// Superiors yields the parties that command a person at the instant, by post in
// preference, area before line, then the home party unless it was one of them; a
// party that commands through two posts or on both sides comes each time. A squad
// member sent by a department answers to the community for the area and to
// the department for the line.
func (d *Directory) Superiors(person Code, at time.Time) iter.Seq[Superior] {
	return func(yield func(Superior) bool) {
		if d == nil {
			return
		}
		home := d.people[person].Home
		for _, a := range d.serving[person] {
			if !a.During.Holds(at) {
				continue
			}
			post := d.posts[a.Post]
			for _, s := range []Superior{
				{d.nearest(post.Party, func(p Party) bool { return p.Area != "" }), ByArea, post.Code},
				{d.nearest(post.Party, func(p Party) bool { return p.Line != "" }), ByLine, post.Code},
			} {
				if s.Party == home {
					home = ""
				}
				if s.Party != "" && !yield(s) {
					return
				}
			}
		}
		if home != "" {
			yield(Superior{Party: home, By: ByHome})
		}
	}
}

// nearest is the first party from c upwards that is one, or none.
func (d *Directory) nearest(c Code, is func(Party) bool) Code {
	for p := range d.Chain(c) {
		if is(p) {
			return p.Code
		}
	}
	return ""
}
