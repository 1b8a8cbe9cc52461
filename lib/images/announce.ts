import 'server-only'
import type { Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'

/** Tells that these images changed: one event for each generation that they belong to. */
export async function announceImages(
  tx: Tx,
  teamId: string,
  images: { generationId: string }[],
): Promise<void> {
  const generations = new Set(images.map(({ generationId }) => generationId))
  await publish(tx, ...[...generations].map((id) => ({ team: teamId, kind: 'image' as const, id })))
}
