import type { Product } from '@/lib/campaign-sets/plan'

/** Products of a table whose first row names the variables; each is named by its first cell. Cells nobody asks for are left out. */
export function productsOf(rows: readonly (readonly string[])[], variables: readonly string[]): Product[] {
  const [heading = [], ...products] = rows
  const columns = variables.map((variable) => ({
    variable,
    at: heading.findIndex((cell) => spell(cell) === spell(variable)),
  }))
  return products
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells, row) => ({
      name: cells[0]?.trim().slice(0, 80) || String(row + 1),
      values: Object.fromEntries(columns.map(({ variable, at }) => [variable, cells[at]?.trim() ?? ''])),
    }))
}

/** The first variable that no column is named for. */
export const missingIn = (
  rows: readonly (readonly string[])[],
  variables: readonly string[],
): string | undefined =>
  variables.find((variable) => !rows[0]?.some((cell) => spell(cell) === spell(variable)))

/** `{Product}` and a column `product` are the same. */
const spell = (name: string) =>
  name
    .trim()
    .replace(/^\{|\}$/g, '')
    .trim()
    .toLowerCase()
