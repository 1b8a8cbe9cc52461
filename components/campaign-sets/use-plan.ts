import { useState } from 'react'
import { useComposer } from '@/components/composer/composer-context'
import { lineOf, readTable } from '@/components/campaign-sets/read-table'
import { PRODUCTS_MAX, problemOf, type Plan, type PlanProblem } from '@/lib/campaign-sets/plan'
import { missingIn, productsOf } from '@/lib/campaign-sets/table'
import type { Draft } from '@/lib/drafts/draft'
import { variablesOf } from '@/lib/prompts/variables'
import { OFFERED_RATIOS } from '@/lib/upstream/ratios'

/** What a person has chosen for a set; the table as it was pasted. */
export type Chosen = Pick<Plan, 'prompt' | 'sample' | 'ratios' | 'styles' | 'image' | 'imageId'> & {
  name: string
  table: string
}

const NAME_LETTERS = 60

/** A set begins with what stands in the form. */
function begin(draft: Draft): Chosen {
  const { prompt, sample, ratio, source, style, reference, image } = draft
  return {
    ...{ prompt, sample, table: '' },
    name: [...prompt.trim()].slice(0, NAME_LETTERS).join(''),
    ratios: OFFERED_RATIOS.filter((one) => one === ratio),
    styles: source === 'style' && style ? [style.styleId] : [],
    image: source === 'reference' ? reference?.path : undefined,
    imageId: source === 'image' ? image?.imageId : undefined,
  }
}

export type SetProblem =
  | PlanProblem
  | { code: 'too_many_products' }
  | { code: 'no_column'; variable: string }
  | { code: 'not_table'; line: number }

/** What was chosen when the dialog was closed, and the form that it began with: as long as that stays, it comes back. */
export type Kept = { draft: Draft; chosen: Chosen } | null

/** The choices with the plan that they make, and what is wrong with it. */
export function usePlan({ kept, onKeep }: { kept: Kept; onKeep: (kept: Kept) => void }) {
  const { store } = useComposer()
  const [draft] = useState(() => store.get().draft)
  const [chosen, setChosen] = useState(() => (kept?.draft === draft ? kept.chosen : begin(draft)))
  const variables = variablesOf(chosen.prompt)
  const read = rowsOf(variables.length > 0 ? chosen.table : '', variables)
  const products = productsOf(read.rows, variables)
  const plan: Plan = { ...chosen, products }
  return {
    ...{ chosen, variables, plan },
    problem:
      read.problem ??
      (products.length > PRODUCTS_MAX ? { code: 'too_many_products' as const } : problemOf(plan)),
    choose: (change: Partial<Chosen>) => {
      const next = { ...chosen, ...change }
      onKeep({ draft, chosen: next })
      setChosen(next)
    },
  }
}

function rowsOf(table: string, variables: readonly string[]): { rows: string[][]; problem?: SetProblem } {
  try {
    const rows = readTable(table)
    const missing = rows.length > 0 ? missingIn(rows, variables) : undefined
    return { rows, problem: missing === undefined ? undefined : { code: 'no_column', variable: missing } }
  } catch (error) {
    return { rows: [], problem: { code: 'not_table', line: lineOf(error) } }
  }
}
