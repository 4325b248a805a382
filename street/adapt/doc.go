// Package adapt translates between the packages of a street: pure functions
// from one package's facts to another's, with no state and no rule of their
// own. A host that runs the packages without package street uses the same ones.
package adapt
