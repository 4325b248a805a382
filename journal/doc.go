// Package journal never loses an acknowledged record and never shows one that
// is not durable: it keeps the facts of a deterministic machine in an
// append-only, hash-chained stream and runs the machine on top of it.
//
//   - Record: one command and all its entries, written as a whole or not at all.
//   - Store: streams of records. Memory is the store in memory; other stores
//     live in packages of their own and prove themselves with journaltest.
//   - Host: one machine on one stream. It decides, applies, appends in groups
//     and rebuilds the machine from the stream after any failure.
//   - Verify: walks a stream and checks every link of the chain.
//
// A stream is numbered from 1 without a gap. The chain (哈希链) of a record
// covers the stream's name, the chain before it, and every field, so a changed,
// moved, dropped or inserted record breaks it. A cleanly lost end breaks nothing,
// so keep the last acknowledged Head in a second place and give it to
// VerifyAnchored or to Config.Anchor.
//
// Personal data sits in Record.Private. The chain covers only its digest, so
// Store.Erase can delete it and the stream stays valid. Replay never reads it.
//
// Nothing here reads a clock or starts a goroutine: the callers' goroutines do
// the work and the callers' instants are the time.
package journal
