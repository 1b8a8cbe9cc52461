import type { CreatedImage } from '@/lib/upstream/answer'
import { cleanId, cleanName, cleanText } from '@/lib/upstream/flamel/clean'

const STATUSES = ['PENDING', 'COMPLETED', 'FAILED'] as const

/** Reads one entry of `images` tolerantly: a member of another type counts as missing. */
export function readCreatedImage(members: Record<string, unknown>): CreatedImage {
  const info = isObject(members.GenerationInfo) ? members.GenerationInfo : {}
  const status = String(members.generationStatus).toUpperCase()
  return {
    imageId: cleanId(members.imageId),
    status: STATUSES.find((one) => one === status),
    error: cleanText(members.generationError, 1000),
    resolution: cleanText(members.resolution, 40),
    // sent back to upstream with the next generation of the group
    groupId: cleanName(info.groupId, 200),
    // any reason counts, also one that is no text: what is blurred must not be shown
    blurReason: info.blurReason ? (cleanText(info.blurReason, 200) ?? 'unspecified') : undefined,
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
