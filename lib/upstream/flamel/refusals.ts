import { cleanText } from '@/lib/upstream/flamel/clean'

/** Where a person looks after the account itself. */
export const FLAMEL_URL = 'https://flamel.app'

/** What a person can do about it; the sentence and the button's label are `refusals.<code>` and `refusals.step.<id>`. */
export type NextStep =
  | 'edit_prompt'
  | 'choose_style'
  | 'choose_source'
  | 'wait'
  | 'try_again'
  | 'free_space'
  | 'top_up'
  | 'replace_key'
  | 'fix_billing'
  | 'ask_flamel'
  | 'read_answer'

export type Meaning = {
  status: number
  charged: 'no' | 'unknown'
  next: NextStep
  who: 'maker' | 'admin' | 'owner'
}

type Row = Meaning & { data: string }

/**
 * The 18 published refusals of POST /api/images/create. `data` is the fixed part that upstream's string starts with;
 * what it puts in the following parentheses is the parameter. That a refusal costs nothing follows from its place in
 * the contract: balances change only with a 201.
 */
export const REFUSALS = {
  invalid_prompts: row(400, 'invalid_prompts', 'edit_prompt', 'maker'),
  nsfw_image: row(400, 'nsfw_image', 'edit_prompt', 'maker'),
  wrong_api_key: row(401, 'wrong_api_key', 'replace_key', 'owner'),
  api_key_expired: row(401, 'api_key_expired', 'replace_key', 'owner'),
  not_logged_in: row(403, 'not_logged_in', 'replace_key', 'owner'),
  not_enough_credit: row(403, 'not_enough_credit', 'top_up', 'admin'),
  premium_collection: row(403, 'premium_collection', 'choose_source', 'maker'),
  failed_billing: row(403, 'failed_billing', 'fix_billing', 'owner'),
  need_upgrade: row(403, 'need_upgrade', 'choose_style', 'maker'),
  simultaneous_generation_limit: row(403, 'simultaneous_generation_limit', 'wait', 'maker'),
  not_owned_style: row(403, 'not_owned_style', 'choose_style', 'maker'),
  no_style_with_that_id: row(404, 'no_style_with_that_id', 'choose_style', 'maker'),
  no_input_image: row(404, 'no_input_image', 'choose_source', 'maker'),
  missing_dynamic_params: row(422, 'missing_dynamic_params', 'choose_style', 'maker'),
  no_ref_style_in_admin: row(422, 'no_ref_style_in_admin', 'ask_flamel', 'admin'),
  no_b2b_style: row(422, 'no b2b style', 'ask_flamel', 'admin'),
  no_enabled_style_in_admin: row(422, 'no_enabled_style_in_admin', 'ask_flamel', 'admin'),
  unknown_model: row(422, 'unknown_model', 'ask_flamel', 'admin'),
} satisfies Record<string, Row>

export type RefusalCode = keyof typeof REFUSALS

/** The code of a 4xx that is none of the published ones. Whether it cost anything, nobody has said. */
export const UNLISTED = 'unlisted'

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSALS, code)
}

export const REFUSAL_CODES = Object.keys(REFUSALS).filter(isRefusalCode)

/** Upstream's `data` string as a code of ours and its parameter, or null when it is none of the published ones. */
export function parseRefusal(data: string): { code: RefusalCode; parameter?: string } | null {
  for (const code of REFUSAL_CODES) {
    const start = REFUSALS[code].data
    if (!data.startsWith(start)) continue
    const rest = data.slice(start.length)
    if (/^[\w-]/.test(rest)) continue
    const parameter = cleanText(/^\s*\(([^)]{1,200})\)/.exec(rest)?.[1]?.trim(), 200)
    return parameter && !parameter.startsWith(':') ? { code, parameter } : { code }
  }
  return null
}

/** Upstream's own string for a code: the inverse of `parseRefusal`, for the drop-in and the sandbox. */
export function refusalData(code: RefusalCode, parameter?: string): string {
  const given = parameter ?? ''
  switch (code) {
    case 'premium_collection':
      return `premium_collection(${given})`
    case 'no_style_with_that_id':
    case 'no_input_image':
    case 'unknown_model':
      return `${code} (${given})`
    case 'no_b2b_style':
      return `no b2b style(${given}) in admin for user(1). If you are sure it exists, check :bool is true`
    case 'no_enabled_style_in_admin':
      return `no_enabled_style_in_admin (${given}). If exists, check enabled is true`
    default:
      return code
  }
}

function row(status: number, data: string, next: NextStep, who: Meaning['who']): Row {
  return { status, data, next, who, charged: 'no' }
}
