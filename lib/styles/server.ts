import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { auditAct } from '@/lib/audit/server'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { presentRows } from '@/lib/platform/present-rows'
import { styleAccount } from '@/lib/styles/account'
import { selectStyle, toStyle, type StyleRow } from '@/lib/styles/present'
import type { CreateStyleInput, Style, StyleList, UpdateStyleInput } from '@/lib/styles/schema'
import { seedStyles } from '@/lib/styles/seed'

const RECENT_GENERATIONS = 300
const PIECE_ROWS = 500

/**
 * The whole catalogue of the team's present account, in the order of the categories; hidden entries only on request.
 * A team that meets the sandbox for the first time starts with the sandbox's styles.
 */
export async function listStyles(actor: Actor, { withHidden }: { withHidden: boolean }): Promise<StyleList> {
  const account = await styleAccount(actor)
  const [known, lastUsed] = await Promise.all([readRows(actor, account.id), lastUses(actor, account.id)])
  const rows = known.length === 0 && account.kind === 'sandbox' ? await seedRows(actor, account.id) : known
  const listed = rows.filter((row) => withHidden || row.hiddenAt === null)
  const items = presentRows(listed, (row) => toStyle(row, lastUsed.get(row.styleId)))
  return { items, nextCursor: null }
}

/** Read a piece at a time: decoding some thousand rows in one go would keep everybody else waiting. */
async function readRows(actor: Actor, accountId: string): Promise<StyleRow[]> {
  const rows: StyleRow[] = []
  for (;;) {
    const piece = await db().style.findMany({
      where: { teamId: actor.teamId, accountId, styleId: { gt: rows.at(-1)?.styleId } },
      orderBy: { styleId: 'asc' },
      take: PIECE_ROWS,
      select: selectStyle(actor.userId),
    })
    rows.push(...piece)
    if (piece.length < PIECE_ROWS) return rows.sort(byCategory)
  }
}

function byCategory(one: StyleRow, other: StyleRow): number {
  const key = ({ superCategory, mainCategory }: StyleRow) => `${superCategory}\0${mainCategory}`
  if (key(one) !== key(other)) return key(one) < key(other) ? -1 : 1
  return Number(one.styleId - other.styleId)
}

async function seedRows(actor: Actor, accountId: string): Promise<StyleRow[]> {
  await seedStyles(db(), actor.teamId, accountId)
  return readRows(actor, accountId)
}

/** Throws `not_found` for a style of another team. */
export async function getStyle(actor: Actor, id: string): Promise<Style> {
  const row = await db().style.findFirst({
    where: { id, teamId: actor.teamId },
    select: { ...selectStyle(actor.userId), accountId: true },
  })
  if (!row) throw new AppError('not_found')
  return toStyle(row, (await lastUses(actor, row.accountId)).get(row.styleId))
}

/** Throws `already_exists` where the catalogue has that number. */
export async function createStyle(actor: Actor, input: CreateStyleInput): Promise<Style> {
  const account = await styleAccount(actor)
  const id = await db().$transaction(async (tx) => {
    const created = await tx.style.createManyAndReturn({
      data: { ...bothNames(input), teamId: actor.teamId, accountId: account.id },
      skipDuplicates: true,
      select: { id: true },
    })
    const row = created[0]
    if (!row) throw new AppError('already_exists', { detail: `Style ${input.styleId} is already there.` })
    await auditAct(tx, actor, { act: 'style.created', subject: row.id, detail: { styleId: input.styleId } })
    await publish(tx, { team: actor.teamId, kind: 'styles', id: row.id })
    return row.id
  })
  return getStyle(actor, id)
}

/** Throws `not_found` for a style of another team. */
export async function updateStyle(
  actor: Actor,
  id: string,
  { hidden, ...fields }: UpdateStyleInput,
): Promise<Style> {
  const hiddenAt = hidden === undefined ? {} : { hiddenAt: hidden ? new Date() : null }
  await db().$transaction(async (tx) => {
    const [row] = await tx.style.updateManyAndReturn({
      where: { id, teamId: actor.teamId },
      data: { ...fields, ...hiddenAt },
      select: { styleId: true },
    })
    if (!row) throw new AppError('not_found')
    const changed = Object.keys({ ...fields, ...(hidden === undefined ? {} : { hidden }) })
    const detail = { styleId: Number(row.styleId), changed }
    await auditAct(tx, actor, { act: 'style.changed', subject: id, detail })
    await publish(tx, { team: actor.teamId, kind: 'styles', id })
  })
  return getStyle(actor, id)
}

/** Favourites are each person's own. Throws `not_found`. */
export async function addStyleFavourite(actor: Actor, id: string): Promise<Style> {
  await getStyle(actor, id)
  await db().styleFavourite.createMany({
    data: { styleRowId: id, userId: actor.userId },
    skipDuplicates: true,
  })
  return getStyle(actor, id)
}

/** Throws `not_found` for a style of another team. */
export async function removeStyleFavourite(actor: Actor, id: string): Promise<Style> {
  await db().styleFavourite.deleteMany({
    where: { styleRowId: id, userId: actor.userId, style: { teamId: actor.teamId } },
  })
  return getStyle(actor, id)
}

/** Derived from what the person really generated lately: bounded, so that it costs the same for ever. */
async function lastUses(actor: Actor, accountId: string): Promise<Map<bigint, Date>> {
  const rows = await db().generation.findMany({
    where: { teamId: actor.teamId, makerId: actor.userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: RECENT_GENERATIONS,
    select: { styleId: true, accountId: true, createdAt: true },
  })
  const uses = new Map<bigint, Date>()
  for (const row of rows) {
    if (row.styleId === null || row.accountId !== accountId || uses.has(row.styleId)) continue
    uses.set(row.styleId, row.createdAt)
  }
  return uses
}

const bothNames = (input: CreateStyleInput) => ({
  ...input,
  nameKo: input.nameKo || input.nameEn,
  nameEn: input.nameEn || input.nameKo,
})
