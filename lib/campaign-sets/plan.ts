import { fillIn, variablesOf } from '@/lib/prompts/variables'
import { codePoints, PROMPT_MAX, type Sample } from '@/lib/upstream/limits'
import type { Ratio } from '@/lib/upstream/ratios'

export const CELLS_MAX = 200
export const PRODUCTS_MAX = 100
export const STYLES_MAX = 12

/** What a set is made of: every product in every style and ratio. Without styles it starts from an image or a reference. */
export type Plan = {
  /** With `{variables}`; a product gives each of them its value. */
  prompt: string
  sample: Sample
  ratios: readonly Ratio[]
  styles: readonly number[]
  image?: string
  imageId?: number
  products: readonly Product[]
}

/** A row of the table: its name in the grid, and its values by the variables' names. */
export type Product = { name: string; values: Readonly<Record<string, string>> }

/** One request of a set. */
export type Cell = {
  prompt: string
  ratio: Ratio
  sample: Sample
  styleId?: number
  image?: string
  imageId?: number
}

/** The requests of a set, row by row: for each product each style in each ratio. */
export function cellsOf({ prompt, sample, ratios, styles, image, imageId, products }: Plan): Cell[] {
  const sources = styles.length > 0 ? styles.map((styleId) => ({ styleId })) : [{ image, imageId }]
  const prompts = products.length > 0 ? products.map(({ values }) => fillIn(prompt, values)) : [prompt]
  return prompts.flatMap((filled) =>
    sources.flatMap((source) => ratios.map((ratio) => ({ prompt: filled, ratio, sample, ...source }))),
  )
}

/** How many requests a set would make, without writing their prompts. */
export const countOf = ({ ratios, styles, products }: Plan): number =>
  Math.max(1, products.length) * Math.max(1, styles.length) * ratios.length

export type PlanProblem =
  | { code: 'no_prompt' | 'no_ratio' | 'no_source' | 'no_products' | 'too_many' }
  | { code: 'missing_value'; product: string; variable: string }
  /** Without a product the prompt is too long by itself. */
  | { code: 'too_long'; product?: string }

/** What is to be mended first before a set can be generated; null when nothing is. */
export function problemOf(plan: Plan): PlanProblem | null {
  const { prompt, ratios, styles, image, imageId, products } = plan
  if (!prompt.trim()) return { code: 'no_prompt' }
  if (ratios.length === 0) return { code: 'no_ratio' }
  if (styles.length === 0 && image === undefined && imageId === undefined) return { code: 'no_source' }
  const variables = variablesOf(prompt)
  if (variables.length > 0 && products.length === 0) return { code: 'no_products' }
  if (countOf(plan) > CELLS_MAX) return { code: 'too_many' }
  for (const { name, values } of products) {
    const variable = variables.find((one) => !values[one]?.trim())
    if (variable) return { code: 'missing_value', product: name, variable }
    if (codePoints(fillIn(prompt, values)) > PROMPT_MAX) return { code: 'too_long', product: name }
  }
  return products.length === 0 && codePoints(prompt) > PROMPT_MAX ? { code: 'too_long' } : null
}
