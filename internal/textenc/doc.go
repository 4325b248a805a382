// Package textenc turns the bytes of a text file into UTF-8, or says at which
// byte, line and column they are neither UTF-8 nor GB18030: no answer ever
// holds a character that the file did not.
//
// Offices save files as UTF-8 with or without a byte order mark, or as GB18030
// (of which GBK and GB2312 are parts). Nothing in a file names its encoding, so
// it is told from the bytes:
//
//   - a UTF-16 byte order mark is refused by name;
//   - bytes that are all valid UTF-8 are UTF-8;
//   - bytes behind a UTF-8 mark, or with more than twice as many multi-byte UTF-8
//     characters as bytes that are not UTF-8, are UTF-8 with a fault;
//   - anything else must be GB18030 throughout.
//
// The third rule keeps a damaged UTF-8 file from being read as Chinese nonsense.
// In Chinese text saved as GB18030 most bytes are not UTF-8, so the rule never
// meets a real one; a text of one or two rare characters may still be valid in
// both and then counts as UTF-8.
//
// Bytes that GB18030 gives to private use (造字) stand for a character that only
// the machine that wrote them can show; they are refused, with their place.
//
// Where a file does name its encoding, as a Shapefile may, Named reads the name
// and DecodeAs takes it at its word.
//
// All functions are pure and safe for concurrent use.
package textenc
