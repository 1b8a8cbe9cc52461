type Refusal = { status: number; data: (parameter: string) => string; parameter: string }

const plain = (status: number, code: string): Refusal => ({ status, data: () => code, parameter: '' })
const withParameter = (status: number, parameter: string, data: Refusal['data']): Refusal => ({
  status,
  data,
  parameter,
})

/**
 * The published refusals as this server sends them. Written from the contract on its own, not shared with the
 * client's table, so that each checks the other.
 */
const refusals: ReadonlyMap<string, Refusal> = new Map([
  ['invalid_prompts', plain(400, 'invalid_prompts')],
  ['nsfw_image', plain(400, 'nsfw_image')],
  ['wrong_api_key', plain(401, 'wrong_api_key')],
  ['api_key_expired', plain(401, 'api_key_expired')],
  ['not_logged_in', plain(403, 'not_logged_in')],
  ['not_enough_credit', plain(403, 'not_enough_credit')],
  ['premium_collection', withParameter(403, '234', (id) => `premium_collection(${id})`)],
  ['failed_billing', plain(403, 'failed_billing')],
  ['need_upgrade', plain(403, 'need_upgrade')],
  ['simultaneous_generation_limit', plain(403, 'simultaneous_generation_limit')],
  ['not_owned_style', plain(403, 'not_owned_style')],
  ['no_style_with_that_id', withParameter(404, '99', (id) => `no_style_with_that_id (${id})`)],
  ['no_input_image', withParameter(404, '99', (id) => `no_input_image (${id})`)],
  ['missing_dynamic_params', plain(422, 'missing_dynamic_params')],
  ['no_ref_style_in_admin', plain(422, 'no_ref_style_in_admin')],
  [
    'no_b2b_style',
    withParameter(
      422,
      '99',
      (id) => `no b2b style(${id}) in admin for user(1). If you are sure it exists, check :bool is true`,
    ),
  ],
  [
    'no_enabled_style_in_admin',
    withParameter(
      422,
      'painting,ink',
      (pair) => `no_enabled_style_in_admin (${pair.replace(/,\s*/, ', ')}). If exists, check enabled is true`,
    ),
  ],
  ['unknown_model', withParameter(422, 'painter-0', (model) => `unknown_model (${model})`)],
])

export const SANDBOX_REFUSALS = [...refusals.keys()]

/** The status and envelope of a refusal, with `parameter` or a plausible one in its place; undefined for another name. */
export function refusalAnswer(code: string, parameter?: string) {
  const refusal = refusals.get(code)
  if (!refusal) return undefined
  return envelope(refusal.status, refusal.data(parameter || refusal.parameter))
}

export function envelope(status: number, data: string) {
  return { status, body: { success: false, code: status, data } }
}
