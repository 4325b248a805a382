// Package overlay measures how the land of one region is shared out among
// others: areas of intersections, without building the intersections.
//
// A region is any set of rings, read even-odd: a place is in it when an odd
// number of rings surround it. Rings may run in any direction, touch, cross,
// fold onto themselves and share stretches with rings of other regions; nothing
// of that is a special case. The plane is cut into slabs by the rows on which an
// edge begins or ends or two edges cross. Within a slab the edges have an order
// from west to east, and going through them in that order tells who owns what
// lies between each two. Edges that coincide have nothing between them, whatever
// their order.
//
// Error. Coordinates are float64, relative to the subject's box; a crossing is
// off by at most 1e-6 unit of 1e-7 degree (10 nm), so a slab's area is off by
// that times its height. Areas of parts are sums of numbers that are not
// negative, so nothing cancels: parts and rest add up to the subject's area to
// 1 part in 10^12. The area element is interpolated by cubics over a tenth of a
// degree, which is off by at most 3 parts in 10^15 of its value at the equator.
//
// Cost. A region is cut down to the subject's box as it is given. Boxes with
// more than 512 edges are halved as long as that parts the edges. What is left
// costs edges × edges on a row: linear for boundaries as they are drawn, but
// quadratic for bundles of long parallel slanting edges, which nobody draws.
package overlay
