package party

import (
	"cmp"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/phrase"
)

// Right is a power over an area or a party, held by a post or by a party. What a
// party holds, its own posts exercise; posts of the parties below or above it do
// not.
//
// The scope reaches an area that is the scope or lies in it; a party that is the
// scope or serves such an area, and every party below that one; and a post of such
// a party or one that looks after such an area. A code that names both an area and
// a party is both. The place of a post does not count, nor does a right over a
// party reach the areas which that party serves.
type Right struct {
	Holder Code // a post or a party
	Kind   RightKind
	Scope  Code // an area or a party
	During Interval
}

// RightKind is one of the powers.
type RightKind string

// The rights. The first two are what a community committee was given over the
// squads (光明 1+1+6), the next four what it has over its own affairs, the last the
// power over money.
const (
	RightCommand   RightKind = "command"   // 统一指挥
	RightAssess    RightKind = "assess"    // 监督考核
	RightAppoint   RightKind = "appoint"   // 人事安排
	RightDecide    RightKind = "decide"    // 重要事项决定
	RightGuarantee RightKind = "guarantee" // 领导保障
	RightManage    RightKind = "manage"    // 管理监督
	RightApprove   RightKind = "approve"   // 审批
)

// RightKinds is every right, in the order above.
func RightKinds() []RightKind {
	return []RightKind{RightCommand, RightAssess, RightAppoint, RightDecide, RightGuarantee, RightManage, RightApprove}
}

func (d *Directory) addRights(list []Right, f *faults) {
	d.rights = make(map[RightKind][]Right)
	for i, r := range list {
		add := func(field, value string, err error) { f.add("rights", i, r.Holder, field, value, err) }
		if !d.knownHolder(r.Holder) {
			add("holder", string(r.Holder), ErrUnknownHolder)
		}
		if !slices.Contains(RightKinds(), r.Kind) {
			add("right", string(r.Kind), ErrRight)
		}
		if _, isParty := d.parties[r.Scope]; !isParty && (r.Scope == "" || !d.knownArea(r.Scope)) {
			add("scope", string(r.Scope), ErrUnknownScope)
		}
		if !r.During.Valid() {
			add("until", "", ErrInterval)
		}
		f.instants("rights", i, r.Holder, r.During)
		d.rights[r.Kind] = append(d.rights[r.Kind], r)
	}
	for _, l := range d.rights {
		slices.SortFunc(l, func(a, b Right) int {
			return cmp.Or(cmp.Compare(a.Holder, b.Holder), cmp.Compare(a.Scope, b.Scope),
				a.During.From.Compare(b.During.From), a.During.Until.Compare(b.During.Until))
		})
	}
}

func (d *Directory) knownHolder(c Code) bool {
	_, isParty := d.parties[c]
	_, isPost := d.posts[c]
	return isParty || isPost
}

// Verdict is whether something is allowed, and why.
type Verdict struct {
	OK   bool
	Why  string   // one of the Why constants
	Args []string // what Text fills in
}

// Text says why in lang ("zh", else English).
func (v Verdict) Text(lang string) string { return texts.Text(lang, v.Why, v.Args...) }

// Why something is or is not allowed.
const (
	WhyHost      = "host"        // no person and no post: the host itself acts
	WhyGranted   = "granted"     // holder, right, scope
	WhyFree      = "unregulated" // right: nobody was ever given it here, so it binds nobody
	WhyNotOnPost = "not-on-post" // person, post
	WhyNoRight   = "no-right"    // person or post, right, scope
	WhyUnowned   = "unowned"     // field
	WhyMaster    = "master"      // owner, field
	WhyCollected = "collected"   // owner, field
)

var texts = phrase.Catalog{
	WhyHost:      {"the host itself acts", "由系统直接执行"},
	WhyGranted:   {"{0} holds the right {1} over {2}", "{0} 对 {2} 享有 {1} 权限"},
	WhyFree:      {"nobody is given the right {0} here, so it binds nobody", "此处未设置 {0} 权限，不作限制"},
	WhyNotOnPost: {"{0} does not act on the post {1}", "{0} 不在岗位 {1} 上"},
	WhyNoRight:   {"{0} has no right {1} over {2}", "{0} 对 {2} 没有 {1} 权限"},
	WhyUnowned:   {"the field {0} has no master, anybody may collect it", "数据项 {0} 没有主责单位，可以采集"},
	WhyMaster:    {"{0} collects the field {1}", "数据项 {1} 由 {0} 采集"},
	WhyCollected: {"the field {1} is collected by {0}: take it from there", "数据项 {1} 已由 {0} 采集，应直接取用"},
}

// May answers whether a person acting on a post may use a right over an area, a
// party or a post at the instant. In this order:
//
//   - Neither a person nor a post is the host itself, which may everything.
//   - A right that the Directory grants to nobody, at no time, binds nobody.
//   - With both, the person must act on the post (Acts): appointed to it, or as the
//     deputy who stands in for it, also while the holder is on leave.
//   - A post without a person is taken at its word. A person without a post uses
//     the posts to which he is appointed at the instant; one in which he only stands
//     in he must name.
//   - One of these posts or the party it belongs to must hold the right at the
//     instant, with a scope that reaches the target (see Right). A target that is
//     empty or unknown is reached only by a scope of the same code.
//
// Whether a party is active is not asked: the intervals of appointments and rights
// decide. Of several grants the verdict names the first by post in preference,
// then by holder, scope and beginning. O(posts of the person · (log n + rights held)).
func (d *Directory) May(person, post Code, kind RightKind, scope Code, at time.Time) Verdict {
	if person == "" && post == "" {
		return Verdict{OK: true, Why: WhyHost}
	}
	if d == nil || len(d.rights[kind]) == 0 {
		return Verdict{OK: true, Why: WhyFree, Args: []string{string(kind)}}
	}
	if post != "" && person != "" && !d.Acts(person, post, at) {
		return Verdict{Why: WhyNotOnPost, Args: []string{string(person), string(post)}}
	}
	asked := map[Code]bool{}
	for _, c := range d.actingPosts(person, post, at) {
		own := d.posts[c].Party
		for _, holder := range []Code{min(c, own), max(c, own)} {
			if asked[holder] {
				continue
			}
			asked[holder] = true
			for _, r := range d.held(kind, holder) {
				if r.During.Holds(at) && d.covers(r.Scope, scope) {
					return Verdict{OK: true, Why: WhyGranted, Args: []string{string(r.Holder), string(kind), string(r.Scope)}}
				}
			}
		}
	}
	return Verdict{Why: WhyNoRight, Args: []string{string(cmp.Or(person, post)), string(kind), string(scope)}}
}

// Allows is May without the reason, for machines that know no Directory.
func (d *Directory) Allows(person, post Code, right string, scope Code, at time.Time) bool {
	return d.May(person, post, RightKind(right), scope, at).OK
}

// Grants reports whether the right is expressly given: as Allows, but neither the
// host nor a right that binds nobody counts.
func (d *Directory) Grants(person, post Code, kind RightKind, scope Code, at time.Time) bool {
	return d.May(person, post, kind, scope, at).Why == WhyGranted
}

// ApprovalLimit answers the largest amount in fen that a person acting on a post may
// approve over an area, a party or a post at the instant: the largest Limit of those
// posts that give the right RightApprove there (see May). limited is false when one
// of them has no limit, and for the host. Where the right binds nobody, the posts'
// limits still do, if any post has one. Who has no right, names a post he does not act
// on, or acts on none, may approve nothing: 0, true.
func (d *Directory) ApprovalLimit(person, post, scope Code, at time.Time) (fen int64, limited bool) {
	v := d.May(person, post, RightApprove, scope, at)
	switch {
	case v.Why == WhyHost:
		return 0, false
	case !v.OK:
		return 0, true
	case d == nil || !d.limited:
		return 0, false
	case person != "" && post != "" && !d.Acts(person, post, at):
		return 0, true
	}
	limited = true // also of who acts on no post
	for _, c := range d.actingPosts(person, post, at) {
		if v.Why == WhyGranted && d.May("", c, RightApprove, scope, at).Why != WhyGranted {
			continue
		}
		if d.posts[c].Limit == 0 {
			return 0, false
		}
		fen = max(fen, d.posts[c].Limit)
	}
	return fen, limited
}

// held is every right of a kind that a holder has at any time, by scope and
// beginning.
func (d *Directory) held(kind RightKind, holder Code) []Right {
	all := d.rights[kind]
	first, _ := slices.BinarySearchFunc(all, holder, func(r Right, c Code) int { return cmp.Compare(r.Holder, c) })
	past := first
	for past < len(all) && all[past].Holder == holder {
		past++
	}
	return all[first:past]
}

// actingPosts is the post, or without one every post to which the person is
// appointed at the instant. What is no post acts for nobody, a party's code too.
func (d *Directory) actingPosts(person, post Code, at time.Time) []Code {
	if post != "" {
		if _, ok := d.posts[post]; !ok {
			return nil
		}
		return []Code{post}
	}
	var posts []Code
	for _, a := range d.serving[person] {
		if a.During.Holds(at) {
			posts = append(posts, a.Post)
		}
	}
	return posts
}

// covers reports whether a right over scope reaches target; Right says what it
// reaches.
func (d *Directory) covers(scope, target Code) bool {
	if scope == target {
		return true
	}
	within := d.inside(scope)
	if within(target) {
		return true
	}
	owner := target
	if p, ok := d.posts[target]; ok {
		if p.Area != "" && within(p.Area) {
			return true
		}
		owner = p.Party
	}
	for p := range d.Chain(owner) {
		if p.Code == scope || p.Area != "" && within(p.Area) {
			return true
		}
	}
	return false
}
