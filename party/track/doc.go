// Package track follows where the people on duty are: it keeps their tracks for a
// while (巡逻轨迹), finds the nearest fit ones to a place (就近调配) with the reason for
// everyone nearer who was passed over, and measures where a patrol has been.
//
// A Tracker is an index in memory with a single writer: Add, AddBatch, Expire,
// Forget and Install change it and must not run beside any other call. Every
// other method only reads; any number of them may run side by side.
//
// Nothing in a Tracker is a fact. What a host wants to keep (minutes in a grid,
// metres of a route, who was chosen and why) it derives and records itself.
//
// # Time
//
// Instants are arguments, cut to whole milliseconds. The Tracker has no clock of
// its own: a now that goes back is followed, and brings back nothing that is gone.
//
// # Personal data
//
// Kept are the code of a person, and for each accepted fix its instant, its place
// to 1e-7 degree (1.1 cm) and its accuracy; and of a refused jump the same until
// the next fix that is believed. Nothing is kept of somebody who is not on duty,
// not even that a fix came. At the end of the duty the position is out of Nearest
// and Position at that instant; the track stays for Options.Retention from each
// fix and is then overwritten by the next Expire. The code goes with the last fix,
// and Forget overwrites everything of a person at once.
//
// Neither a Fix nor a Tracker shows a place when it is printed, whatever the verb,
// and neither can be written as JSON: a host that means to do so names the fields.
// Nearest answers distances, not places, and of those who have gone off duty only
// how many.
package track
