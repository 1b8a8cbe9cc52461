import 'server-only'
import { refusalData, type RefusalCode } from '@/lib/upstream/flamel/refusals'

/** With what a client may send again as it is. */
export const RETRY_AFTER = { 'retry-after': '5' }

/** Flamel's error envelope: `{ success: false, code, data }`. */
export function refuse(status: number, data: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { success: false, code: status, data },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  )
}

export function refuseAs(status: number, code: RefusalCode, parameter?: string): Response {
  return refuse(status, refusalData(code, parameter))
}
