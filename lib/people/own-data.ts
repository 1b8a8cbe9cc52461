import 'server-only'
import { Readable } from 'node:stream'
import type { SignedIn } from '@/lib/access/session'
import { readOwnEntries } from '@/lib/audit/entries'
import { pieces } from '@/lib/audit/export'
import { auditPerson } from '@/lib/audit/server'
import { attachment, fileStem, imageFileName } from '@/lib/images/file-name'
import { after, encodeCursor } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { readBlob } from '@/lib/platform/storage'
import { zip, type ZipEntry } from '@/lib/platform/zip'

const PIECE_ROWS = 500

/**
 * Everything of a person in one ZIP that is written while it is read: the profile, their own log, and of the teams that
 * they are in now what they generated, with the images. What they made in a team that they left is that team's.
 */
export async function serveOwnData({ person }: SignedIn): Promise<Response> {
  await db().$transaction((tx) => auditPerson(tx, person.id, { act: 'person.data_downloaded' }))
  // Node's web stream and the DOM library's are the same object under two types.
  const body = Readable.toWeb(Readable.from(zip(entriesOf(person.id)))) as ReadableStream
  return new Response(body, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': attachment(`flamel-studio-${fileStem(person.name)}.zip`),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

async function* entriesOf(personId: string): AsyncGenerator<ZipEntry> {
  const { teams, profile } = await readProfile(personId)
  yield json('profile.json', profile)
  let number = 0
  for await (const items of pieces((cursor) => readOwnEntries(personId, { cursor, take: PIECE_ROWS })))
    yield json(`audit-log/${numbered((number += 1))}.json`, items)
  number = 0
  for (const team of teams)
    for await (const rows of generationsOf(personId, team.id)) {
      const made = rows.map((row) => toMade(row, team.slug))
      yield json(
        `generations/${numbered((number += 1))}.json`,
        made.map(({ generation }) => generation),
      )
      for (const { files } of made) yield* readable(files)
    }
}

async function readProfile(personId: string) {
  const row = await db().user.findUniqueOrThrow({
    where: { id: personId },
    select: {
      ...{ id: true, name: true, email: true, locale: true, theme: true, createdAt: true },
      memberships: {
        where: { disabledAt: null, team: { deletedAt: null } },
        select: { role: true, createdAt: true, team: { select: { id: true, slug: true, name: true } } },
        orderBy: { createdAt: 'asc' },
      },
    },
  })
  const { memberships, ...profile } = row
  const teams = memberships.map(({ team, role, createdAt }) => ({ ...team, role, joinedAt: createdAt }))
  return { teams, profile: { ...profile, teams } }
}

const selectMade = {
  ...{ id: true, groupId: true, status: true, prompt: true, ratio: true, sample: true, request: true },
  ...{ createdAt: true, finishedAt: true },
  images: {
    where: { deletedAt: null },
    select: {
      id: true,
      teamId: true,
      blob: { select: { sha256: true, sizeBytes: true, mimeType: true } },
    },
    orderBy: { position: 'asc' },
  },
} as const

const readMade = (makerId: string, teamId: string, cursor?: string) =>
  db().generation.findMany({
    where: { teamId, makerId, ...after(cursor) },
    select: selectMade,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PIECE_ROWS,
  })

type MadeRow = Awaited<ReturnType<typeof readMade>>[number]
type File = { name: string; blob: { teamId: string; sha256: string; sizeBytes: number } }

async function* generationsOf(makerId: string, teamId: string): AsyncGenerator<MadeRow[]> {
  let cursor: string | undefined
  for (;;) {
    const rows = await readMade(makerId, teamId, cursor)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < PIECE_ROWS) return
    cursor = encodeCursor(last)
  }
}

function toMade({ images, ...generation }: MadeRow, team: string) {
  const files = images.flatMap(({ id, teamId, blob }, place): File[] => {
    if (!blob) return []
    const name = imageFileName({ title: generation.prompt, place, mimeType: blob.mimeType })
    return [{ name: `images/${team}/${id}-${name}`, blob: { teamId, ...blob } }]
  })
  return { files, generation: { ...generation, team, images: files.map(({ name }) => name) } }
}

/** One whose file cannot be read is left out: it must not end the archive for all others. */
async function* readable(files: File[]): AsyncGenerator<ZipEntry> {
  for (const { name, blob } of files) {
    const bytes = await readBlob(blob).catch((error: unknown) => {
      log.warn('own_data.file_missing', { name, error })
      return null
    })
    if (bytes) yield { name, read: async () => bytes }
  }
}

const json = (name: string, value: unknown): ZipEntry => ({
  name,
  read: async () => Buffer.from(JSON.stringify(value, null, 2)),
})

const numbered = (number: number) => String(number).padStart(4, '0')
