import 'server-only'
import { endOfImages } from '@/lib/generations/pipeline/end-of-images'
import { keepBlobs } from '@/lib/generations/pipeline/images'
import { leaseOf, type Run } from '@/lib/generations/pipeline/lease'
import { persist } from '@/lib/generations/pipeline/persist'
import { type ReceivedImage, receiveImage } from '@/lib/generations/pipeline/receive'
import { settleAnyway } from '@/lib/generations/pipeline/unsettled'
import { moveOne } from '@/lib/generations/transition'
import { db, type Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { connectionTo, serviceOf, type Connection } from '@/lib/upstream/server'
import type { Generation, Image } from '@/prisma/generated/client'

const EVERY_MS = 1_500
/** Upstream took it and never finished: after this nobody knows. */
const GIVE_UP_MS = 10 * 60_000

/**
 * Asks for the images of an `async` generation until every one is there or failed. Asking costs nothing and may be
 * repeated by whoever holds the lease. `connection` is what it was sent with; whoever took it over from a dead process
 * asks with the key that the account has now.
 */
export async function pollPending(run: Run & { connection?: Connection }): Promise<void> {
  const { generation, owner } = run
  await settleAnyway({ id: generation.id, lease: leaseOf(generation, owner), spool: null }, async () => {
    await pollUntilOver(run)
    return null
  })
}

async function pollUntilOver(run: Run & { connection?: Connection }): Promise<void> {
  const { generation, signal } = run
  const startedAt = (generation.sentAt ?? generation.createdAt).getTime()
  while (!signal.aborted) {
    const waiting = await persist(signal, () => findPending(generation.id))
    let isRefused = waiting.length === 0
    for (const image of waiting) if ((await pollOne(run, image)) === 'refused') isRefused = true
    const isLate = isRefused || Date.now() - startedAt > GIVE_UP_MS
    const isOver = await persist(signal, () => conclude(run, isLate))
    if (isOver) return
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  }
}

function findPending(generationId: string): Promise<Image[]> {
  return db().image.findMany({ where: { generationId, state: 'pending', upstreamId: { not: null } } })
}

/** `refused`: upstream says that it will never tell. */
async function pollOne(
  { generation, signal, ...run }: Run & { connection?: Connection },
  image: Image,
): Promise<'refused' | 'asked'> {
  const connection = run.connection ?? (await connectionTo(generation.accountId))
  if (!connection || connection.apiKey === null) return 'refused'
  const reply = await serviceOf(connection).getImage(Number(image.upstreamId), { signal })
  if (reply.kind === 'unsupported' || reply.kind === 'refused') return 'refused'
  if (reply.kind !== 'ok' || reply.value.state === 'pending') return 'asked'
  const received = await receiveImage(generation, { ...reply.value, position: image.position })
  if (received !== 'disk_full')
    await persist(signal, () => db().$transaction((tx) => fill(tx, generation, image, received)))
  return 'asked'
}

/** Puts a finished image into its pending row, once. */
async function fill(tx: Tx, generation: Generation, image: Image, received: ReceivedImage): Promise<void> {
  const { state, error, blurReason, size, stored } = received
  const blobs = await keepBlobs(tx, generation.teamId, [received])
  const { count } = await tx.image.updateMany({
    where: { id: image.id, state: 'pending' },
    data: { state, error, blurReason, ...size, blobId: stored && blobs.get(stored.sha256) },
  })
  if (count === 1) await publish(tx, { team: generation.teamId, kind: 'image', id: generation.id })
}

/** Ends the generation when nothing is pending any more, as an answer with these images would, or when it has taken too long. */
async function conclude({ generation, owner }: Run, isLate: boolean): Promise<boolean> {
  const { id } = generation
  return db().$transaction(async (tx) => {
    const images = await tx.image.findMany({
      where: { generationId: id },
      select: { state: true, error: true },
      orderBy: { position: 'asc' },
    })
    const finishedAt = new Date()
    const { edge, data } = endOfImages(images, finishedAt)
    const isWaiting = edge === 'accept'
    if (isWaiting && !isLate) return false
    const late = { statusReason: 'timeout_pending', charged: 'unknown' as const, finishedAt }
    const one = { id, lease: leaseOf(generation, owner) }
    await (isWaiting ? moveOne(tx, 'lose', one, late) : moveOne(tx, edge, one, data))
    return true
  })
}
