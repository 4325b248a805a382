// Package gridgov is documented in its packages; see README.md.
package gridgov
