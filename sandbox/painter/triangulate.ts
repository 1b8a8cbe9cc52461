type Point = readonly [number, number]
type Triangle = { a: number; b: number; c: number; x: number; y: number; reach: number }

/** The Delaunay triangles of a set of points (sweep from left to right; about n · √n). */
export function triangulate(points: readonly Point[]): [Point, Point, Point][] {
  const order = points.map((_, at) => at).sort((p, q) => (points[p]?.[0] ?? 0) - (points[q]?.[0] ?? 0))
  const far = 1e5
  const all: Point[] = [...points, [-far, -far], [far, -far], [0, far * 2]]
  const frame = points.length
  let open: Triangle[] = [circled(all, frame, frame + 1, frame + 2)]
  const closed: Triangle[] = []
  for (const at of order) {
    const [x, y] = all[at] ?? [0, 0]
    const edges = new Map<string, [number, number]>()
    open = open.filter((triangle) => {
      const dx = x - triangle.x
      if (dx > 0 && dx * dx > triangle.reach) {
        closed.push(triangle)
        return false
      }
      const dy = y - triangle.y
      if (dx * dx + dy * dy > triangle.reach) return true
      toggle(edges, triangle.a, triangle.b)
      toggle(edges, triangle.b, triangle.c)
      toggle(edges, triangle.c, triangle.a)
      return false
    })
    for (const [from, to] of edges.values()) open.push(circled(all, from, to, at))
  }
  return [...closed, ...open].flatMap(({ a, b, c }) => {
    const [first, second, third] = [points[a], points[b], points[c]]
    return first && second && third ? [[first, second, third] as [Point, Point, Point]] : [] // a tuple, not an array
  })
}

/** An edge that two removed triangles share is inside the hole and goes. */
function toggle(edges: Map<string, [number, number]>, from: number, to: number): void {
  const key = from < to ? `${from} ${to}` : `${to} ${from}`
  if (!edges.delete(key)) edges.set(key, [from, to])
}

function circled(points: readonly Point[], a: number, b: number, c: number): Triangle {
  const [ax, ay] = points[a] ?? [0, 0]
  const [bx, by] = points[b] ?? [0, 0]
  const [cx, cy] = points[c] ?? [0, 0]
  const [dx, dy, ex, ey] = [bx - ax, by - ay, cx - ax, cy - ay]
  const double = 2 * (dx * ey - dy * ex) || 1e-9
  const [d, e] = [dx * dx + dy * dy, ex * ex + ey * ey]
  const [x, y] = [(ey * d - dy * e) / double, (dx * e - ex * d) / double]
  return { a, b, c, x: ax + x, y: ay + y, reach: x * x + y * y }
}
