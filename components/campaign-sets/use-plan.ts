import { useState } from 'react'
import { useComposer } from '@/components/composer/composer-context'
import { readTable } from '@/components/campaign-sets/read-table'
import { PRODUCTS_MAX, problemOf, type Plan, type PlanProblem } from '@/lib/campaign-sets/plan'
import { productsOf } from '@/lib/campaign-sets/table'
import type { Draft } from '@/lib/drafts/draft'
import { variablesOf } from '@/lib/prompts/variables'
import { OFFERED_RATIOS } from '@/lib/upstream/flamel/ratios'

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

export type SetProblem = PlanProblem | { code: 'too_many_products' } | { code: 'not_table'; reason: string }

/** The choices with the plan that they make, and what is wrong with it. */
export function usePlan() {
  const { store } = useComposer()
  const [chosen, setChosen] = useState(() => begin(store.get().draft))
  const variables = variablesOf(chosen.prompt)
  const read = rowsOf(variables.length > 0 ? chosen.table : '')
  const products = productsOf(read.rows, variables)
  const plan: Plan = { ...chosen, products }
  return {
    ...{ chosen, variables, plan },
    problem:
      read.problem ??
      (products.length > PRODUCTS_MAX ? { code: 'too_many_products' as const } : problemOf(plan)),
    choose: (change: Partial<Chosen>) => setChosen((before) => ({ ...before, ...change })),
  }
}

function rowsOf(table: string): { rows: string[][]; problem?: SetProblem } {
  try {
    return { rows: readTable(table) }
  } catch (error) {
    return { rows: [], problem: { code: 'not_table', reason: error instanceof Error ? error.message : '' } }
  }
}
