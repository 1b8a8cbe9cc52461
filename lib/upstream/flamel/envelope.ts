import { z } from 'zod'
import { parseRefusal, type RefusalCode } from '@/lib/upstream/flamel/refusals'

/** The envelope of every refusal. */
const refusalEnvelope = z.looseObject({
  success: z.literal(false),
  code: z.number(),
  data: z.string(),
})

/** The published refusal that a body says, or null when it is not the published envelope or none of the published ones. */
export function readEnvelope(body: string): { code: RefusalCode; parameter?: string } | null {
  try {
    return parseRefusal(refusalEnvelope.parse(JSON.parse(body)).data)
  } catch {
    return null
  }
}
