import type { Answer } from '@/sandbox/context'
import { refusalAnswer } from '@/sandbox/refusals'

/** Keys that do not work; every other one does. */
const refusedKeys: Record<string, string> = {
  wrong: 'wrong_api_key',
  expired: 'api_key_expired',
  'logged-out': 'not_logged_in',
}

export function refuseKey(key: string | undefined): Answer | undefined {
  return refusalAnswer(key ? (refusedKeys[key] ?? '') : 'wrong_api_key')
}
