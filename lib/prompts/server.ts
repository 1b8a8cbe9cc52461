import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { db } from '@/lib/platform/db'
import { canUse } from '@/lib/access/visibility'
import { AppError } from '@/lib/platform/errors'
import { shared } from '@/lib/platform/shared'
import type { Described, DescribeInput, Enhanced, EnhanceInput, PromptTools } from '@/lib/prompts/schema'
import type { Reply } from '@/lib/upstream/outcome'
import { capabilities } from '@/lib/upstream/capabilities'
import { accountIdFor, connectionFor, imageServiceFor } from '@/lib/upstream/server'

/** Endpoints that upstream answered as absent; asked again after a restart. */
const absent = () => shared('prompts.absent', () => new Set<'textToPrompt' | 'imageToPrompt'>())

export async function promptTools({ teamId }: Pick<Actor, 'teamId'>): Promise<PromptTools> {
  const has = capabilities((await connectionFor(teamId)).kind)
  return {
    canEnhance: has.textToPrompt && !absent().has('textToPrompt'),
    canDescribe: has.imageToPrompt && !absent().has('imageToPrompt'),
  }
}

/**
 * A richer prompt for what a person wrote. Throws `upstream_off` where upstream has no such thing, `upstream_refused`
 * (the refusal's code as detail), `unavailable`.
 */
export async function enhancePrompt(actor: Actor, { text, styleId }: EnhanceInput): Promise<Enhanced> {
  requirePermission(actor, 'generate')
  if (!(await promptTools(actor)).canEnhance) throw new AppError('upstream_off')
  const service = await imageServiceFor(actor.teamId)
  const { enhancedPrompt } = valueOf(await service.enhance({ text, styleId }), 'textToPrompt')
  return { initialPrompt: text, enhancedPrompt }
}

/** Words for an image. Throws as `enhancePrompt`, and `not_found` for an image that only another team has. */
export async function describeImage(actor: Actor, input: DescribeInput): Promise<Described> {
  requirePermission(actor, 'generate')
  if (!(await promptTools(actor)).canDescribe) throw new AppError('upstream_off')
  await refuseForeign(actor, input)
  const image = 'image' in input ? input.image : String(input.imageId)
  const service = await imageServiceFor(actor.teamId)
  const { captionPrompt, captionTPrompt } = valueOf(
    await service.describe({ image, language: input.language }),
    'imageToPrompt',
  )
  return { captionPrompt, captionTPrompt }
}

async function refuseForeign(actor: Actor, input: DescribeInput): Promise<void> {
  const accountId = await accountIdFor(actor.teamId)
  const owners =
    'image' in input
      ? await db().reference.findMany({
          where: { accountId, path: input.image },
          select: { teamId: true, makerId: true },
        })
      : await db().image.findMany({
          where: { accountId, upstreamId: BigInt(input.imageId) },
          select: { teamId: true, makerId: true, isPrivate: true },
        })
  if (!canUse(actor, owners)) throw new AppError('not_found')
}

function valueOf<T>(reply: Reply<T>, endpoint: 'textToPrompt' | 'imageToPrompt'): T {
  if (reply.kind === 'ok') return reply.value
  if (reply.kind === 'refused') throw new AppError('upstream_refused', { detail: reply.code })
  if (reply.kind === 'failed') throw new AppError('unavailable', { retryAfterS: 5 })
  absent().add(endpoint)
  throw new AppError('upstream_off')
}
