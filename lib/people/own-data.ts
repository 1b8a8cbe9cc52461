import 'server-only'
import { Readable } from 'node:stream'
import type { SignedIn } from '@/lib/access/session'
import { readOwnEntries } from '@/lib/audit/entries'
import { pieces } from '@/lib/audit/export'
import { auditPerson } from '@/lib/audit/server'
import { attachment, fileStem } from '@/lib/images/file-name'
import {
  selectOwnGeneration,
  selectOwnProfile,
  toOwnGeneration,
  toOwnProfile,
  type OwnFile,
  type OwnGenerationRow,
} from '@/lib/people/present'
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
      const own = rows.map((row) => toOwnGeneration(row, team.slug))
      yield json(
        `generations/${numbered((number += 1))}.json`,
        own.map(({ generation }) => generation),
      )
      for (const { files } of own) yield* readable(files)
    }
}

async function readProfile(personId: string) {
  return toOwnProfile(
    await db().user.findUniqueOrThrow({ where: { id: personId }, select: selectOwnProfile }),
  )
}

const readGenerations = (makerId: string, teamId: string, cursor?: string) =>
  db().generation.findMany({
    where: { teamId, makerId, ...after(cursor) },
    select: selectOwnGeneration,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PIECE_ROWS,
  })

async function* generationsOf(makerId: string, teamId: string): AsyncGenerator<OwnGenerationRow[]> {
  let cursor: string | undefined
  for (;;) {
    const rows = await readGenerations(makerId, teamId, cursor)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < PIECE_ROWS) return
    cursor = encodeCursor(last)
  }
}

/** One whose file cannot be read is left out: it must not end the archive for all others. */
async function* readable(files: OwnFile[]): AsyncGenerator<ZipEntry> {
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
