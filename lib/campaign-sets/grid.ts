import type { Generation, Source } from '@/lib/generations/schema'

/** The cells of a set as a grid: one row a product, or where there is none a row for each style. */
export type Grid = {
  columns: { ratio: string; source: Source }[]
  rows: { product?: string; source: Source; cells: Generation[] }[]
}

/** `cells` are in the order of `cellsOf` (lib/campaign-sets/plan): by product, then style, then ratio. */
export function gridOf({
  products,
  cells,
}: {
  products: readonly string[]
  cells: readonly Generation[]
}): Grid {
  const ratios = new Set(cells.map(({ ratio }) => ratio)).size
  const width = products.length > 0 ? cells.length / products.length : ratios
  const rows = Array.from({ length: Math.ceil(cells.length / Math.max(1, width)) }, (_, at) =>
    cells.slice(at * width, (at + 1) * width),
  )
  return {
    columns: (rows[0] ?? []).map(({ ratio, source }) => ({ ratio, source })),
    rows: rows.flatMap((row, at) => {
      const [first] = row
      return first ? [{ product: products[at], source: first.source, cells: row }] : []
    }),
  }
}
