import { randomUUID } from 'node:crypto'
import { imageIds } from '@/lib/images/ids'
import { thumbnailOf } from '@/lib/images/thumbnail'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { storeBlob } from '@/lib/platform/storage'
import { OFFERED_RATIOS, sizeOf, type Ratio } from '@/lib/upstream/ratios'
import { paint } from '@/sandbox/painter/paint'

export type Wanted = { team?: string; count: number; days?: number }
type Place = { teamId: string; makerIds: string[]; accountId: string }
type Request = {
  id: string
  makerId: string
  prompt: string
  ratio: Ratio
  styleId: number
  createdAt: Date
  imageIds: string[]
}
type Model = {
  width: number
  height: number
  blobId: string
  placeholder: string | null
  thumbnailId: string | null
}

const PER_REQUEST = 4
const REQUESTS_AT_ONCE = 4_000
const MODEL_SCALE = 0.5
const NO_BYTES = { blobId: null, placeholder: null, thumbnailId: null }

const SUBJECTS = [
  '바다 위를 나는 고래',
  'a fox asleep in tall grass',
  '소나무 아래 호랑이와 까치',
  'a lighthouse on a cliff',
  '비 오는 골목의 국수집',
  'four ripe persimmons',
  '달항아리와 매화',
  'layered mountains',
]
const LIGHTS = [
  '새벽 안개',
  'low sun',
  '해 질 녘',
  'soft window light',
  '네온 불빛',
  'first snow',
  '여름 장마',
]
/** In one request of so many, and nowhere else. */
const RARE = { words: '두루미 한 쌍, two herons', every: 2_500 }
const STYLES = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111]
/** Of one request in a hundred. */
const RARE_STYLE = 112

/**
 * Fills a team's gallery, for developers and measurements: `count` images, spread over the last `days` days, made by
 * the team's members in turn. Few painted files stand behind all of them. Requests are never deleted, so this is for a
 * studio that can be thrown away.
 */
export async function seedGallery({ team, count, days = 1_000 }: Wanted): Promise<void> {
  if (env().FLAMEL_API_KEY) throw new TypeError('This studio has a key of Flamel; fill one that has none.')
  const place = await findPlace(team)
  const length = Math.ceil(count / PER_REQUEST)
  const now = Date.now()
  const requests = Array.from({ length }, (_, serial) =>
    toRequest(serial, place, new Date(now - (serial * days * DAY_MS) / length)),
  )
  requests.at(-1)?.imageIds.splice(count - (length - 1) * PER_REQUEST)
  const first = requests.slice(0, OFFERED_RATIOS.length)
  await insertRequests(place, first, new Map())
  const models = await paintModels(place, first)
  for (let from = first.length; from < requests.length; from += REQUESTS_AT_ONCE)
    await insertRequests(place, requests.slice(from, from + REQUESTS_AT_ONCE), models)
  await db().$executeRaw`VACUUM ANALYZE "Generation"`
  await db().$executeRaw`VACUUM ANALYZE "Image"`
}

async function findPlace(slug: string | undefined): Promise<Place> {
  const team = await db().team.findFirst({
    where: { slug, deletedAt: null },
    orderBy: { createdAt: 'asc' },
    select: { id: true, memberships: { where: { disabledAt: null }, select: { userId: true } } },
  })
  if (!team) throw new TypeError('There is no such team; open the studio in a browser to set it up.')
  const account = await db().upstreamAccount.upsert({
    where: { kind_keyFingerprint: { kind: 'sandbox', keyFingerprint: 'sandbox' } },
    create: { kind: 'sandbox', keyFingerprint: 'sandbox', baseUrl: `http://localhost:${env().SANDBOX_PORT}` },
    update: {},
  })
  return { teamId: team.id, makerIds: team.memberships.map(({ userId }) => userId), accountId: account.id }
}

function toRequest(serial: number, { makerIds }: Place, createdAt: Date): Request {
  const words = [pick(SUBJECTS, serial), pick(LIGHTS, serial * 3 + (serial >> 3)), `no. ${serial}`]
  if (serial % RARE.every === RARE.every - 1) words.push(RARE.words)
  return {
    id: randomUUID(),
    makerId: pick(makerIds, serial >> 2),
    prompt: words.join(', '),
    ratio: pick(OFFERED_RATIOS, serial * 7 + (serial >> 4)),
    styleId: serial % 100 === 99 ? RARE_STYLE : pick(STYLES, serial),
    createdAt,
    imageIds: imageIds(PER_REQUEST, createdAt.getTime()),
  }
}

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length]
  if (found === undefined) throw new TypeError('There is nothing to pick from.')
  return found
}

async function insertRequests(
  { teamId, accountId }: Place,
  requests: Request[],
  models: ReadonlyMap<Ratio, Model>,
): Promise<void> {
  const column = <T>(of: (request: Request) => T) => requests.map(of)
  await db().$executeRaw`
    INSERT INTO "Generation" ("id", "teamId", "accountId", "makerId", "principal", "status", "groupId", "prompt", "ratio", "sample",
      "sourceKind", "styleId", "request", "requestHash", "sentAt", "finishedAt", "createdAt")
    SELECT id, ${teamId}::uuid, ${accountId}::uuid, maker, maker::text, 'succeeded', id::text, prompt, ratio, ${PER_REQUEST}::int,
      'style', style, jsonb_build_object('prompt', prompt, 'styleId', style, 'ratio', ratio, 'sample', ${PER_REQUEST}::int, 'groupId', id),
      id::text, at, at, at
    FROM unnest(${column(({ id }) => id)}::uuid[], ${column(({ makerId }) => makerId)}::uuid[],
      ${column(({ prompt }) => prompt)}::text[], ${column(({ ratio }) => ratio)}::text[],
      ${column(({ styleId }) => styleId)}::bigint[], ${column(({ createdAt }) => createdAt.toISOString())}::timestamptz[])
      AS r (id, maker, prompt, ratio, style, at)`
  const shapes = column(({ ratio }) => models.get(ratio) ?? { ...sizeOf(ratio), ...NO_BYTES })
  await db().$executeRaw`
    INSERT INTO "Image" ("id", "generationId", "position", "teamId", "accountId", "makerId", "ratio", "styleId", "state", "createdAt",
      "width", "height", "blobId", "placeholder", "thumbnailId", "favouriteAt", "deletedAt")
    SELECT ids[place], g."id", place - 1, g."teamId", g."accountId", g."makerId", g."ratio", g."styleId", 'completed', g."createdAt",
      width, height, blob, placeholder, thumbnail,
      CASE WHEN (serial + place) % 50 = 0 THEN now() END, CASE WHEN (serial + place) % 97 = 0 THEN now() END
    FROM unnest(${column(({ id }) => id)}::uuid[], ${column(({ imageIds: ids }) => `{${ids.join()}}`)}::text[],
      ${shapes.map(({ width }) => width)}::int[], ${shapes.map(({ height }) => height)}::int[],
      ${shapes.map(({ blobId }) => blobId)}::uuid[], ${shapes.map(({ placeholder }) => placeholder)}::text[],
      ${shapes.map(({ thumbnailId }) => thumbnailId)}::uuid[])
      WITH ORDINALITY AS r (id, listed, width, height, blob, placeholder, thumbnail, serial)
    CROSS JOIN LATERAL (SELECT listed::uuid[] AS ids) AS of
    CROSS JOIN LATERAL generate_subscripts(ids, 1) AS place
    JOIN "Generation" g ON g."id" = r.id`
}

/** Paints one image for each ratio among these requests; their other images share its files. */
async function paintModels({ teamId }: Place, requests: Request[]): Promise<Map<Ratio, Model>> {
  const models = new Map<Ratio, Model>()
  for (const { id: generationId, ratio, prompt, styleId } of requests) {
    const { width, height } = sizeOf(ratio)
    const size = { width: Math.round(width * MODEL_SCALE), height: Math.round(height * MODEL_SCALE) }
    const stored = await storeBlob(teamId, await paint({ prompt, styleId, seed: 7, sample: 0, ...size }))
    const { id: blobId } = await db().blob.upsert({
      where: { teamId_sha256: { teamId, sha256: stored.sha256 } },
      create: { ...stored, teamId, mimeType: 'image/webp' },
      update: {},
    })
    await db().image.updateMany({ where: { generationId }, data: { blobId, ...size } })
    const { id } = await db().image.findFirstOrThrow({ where: { generationId } })
    await thumbnailOf(id)
    const { placeholder, thumbnailId } = await db().image.findUniqueOrThrow({ where: { id } })
    await db().image.updateMany({ where: { generationId }, data: { placeholder, thumbnailId } })
    models.set(ratio, { ...size, blobId, placeholder, thumbnailId })
  }
  return models
}
