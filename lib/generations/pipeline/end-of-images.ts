import type { Edge } from '@/lib/generations/status'
import type { Columns } from '@/lib/generations/transition'
import type { ErrorCode } from '@/lib/upstream/error-codes'
import type { Image } from '@/prisma/generated/client'

/** The error of an image whose bytes are there and are no image. */
export const UNDECODABLE = 'undecodable'
/** The error of an image that came without bytes, or without the number that it could be asked for by. */
export const NO_IMAGE = 'no_image'
/** Of all that failed these are ours: upstream itself did not say FAILED. */
const OWN_ERRORS: (string | null)[] = [UNDECODABLE, NO_IMAGE]

type End = { edge: Extract<Edge, 'succeed' | 'accept' | 'fail' | 'lose'>; data: Columns }

/**
 * How a generation stands whose images are these, whether they came at once or one by one: the only place that decides
 * it. `accept`: some are still to come. It failed only where upstream said so; images that nobody can read are an end
 * that nobody knows, and a person settles it.
 */
export function endOfImages(images: Pick<Image, 'state' | 'error'>[], finishedAt: Date): End {
  if (images.some(({ state }) => state === 'pending')) return { edge: 'accept', data: {} }
  if (images.some(({ state }) => state === 'completed'))
    return { edge: 'succeed', data: { charged: 'yes', finishedAt } }
  const refusal = images.find(({ error }) => !OWN_ERRORS.includes(error))
  if (!refusal) return { edge: 'lose', data: { statusReason: 'malformed', charged: 'unknown', finishedAt } }
  const { error: errorParameter } = refusal
  return {
    edge: 'fail',
    data: {
      errorCode: 'generation_failed' satisfies ErrorCode,
      errorParameter,
      charged: 'unknown',
      finishedAt,
    },
  }
}
