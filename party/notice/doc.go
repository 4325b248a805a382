// Package notice answers what the public notice (公示牌) of an area shows at an
// instant, and what is missing before it may be put up.
//
// Build is a pure function of its Input: the same directory, map and texts make
// the same bytes for a date, however long ago, so an old notice need not be kept
// to be shown again. Everything in a Notice is in a documented order.
//
// A notice shows people by name, because their post is public, and each post by
// its public contact (party.Post.Public).
//
// # Personal data
//
// A Notice has no place for a person's code or number, and Build reads personal
// numbers only to keep them out: a number whose owner has not consented to showing
// it is masked wherever a text holds it, however it is spaced, and Missing says
// where. A number of 5 or 6 digits is found as a group of its own only, a shorter
// one only as a whole contact, since anything may have these digits. Codes are
// shown as they are: a code must not be somebody's number.
//
// A person whose name was erased (party.Directory.Erase) keeps the place; NameErased
// stands for the name. Erasing somebody forgets the number too, so a text that
// holds it must be put right before.
package notice
