import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { auditAct } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { styleAccount } from '@/lib/styles/account'
import type { ParsedStyle } from '@/lib/styles/import-check'
import { parseStyleFile, type ParsedFile } from '@/lib/styles/import-file'
import type { ImportReport, ImportRow, ImportStylesInput } from '@/lib/styles/schema'

const PREVIEW_ROWS = 100
const PREVIEW_PROBLEMS = 200
/** How many rows are read or written at a time: between two pieces everybody else has a turn. */
const PIECE_ROWS = 500

type Known = Omit<ParsedStyle, 'line'> & { id: string }
type Planned = ImportRow & { id?: string }

/**
 * Says what a file would do to the catalogue, or does it: every row without a problem in one transaction, or none.
 * A file that cannot be read at all is a `fileProblem` in the preview and `validation_failed` when applied.
 */
export async function importStyles(actor: Actor, input: ImportStylesInput): Promise<ImportReport> {
  const file = await parseStyleFile(input.format, input.content)
  if (file.fileProblem !== null) return refuseFile(input, file)
  const account = await styleAccount(actor)
  return db().$transaction(async (tx) => {
    const rows = await plan(tx, { teamId: actor.teamId, accountId: account.id, rows: file.rows, input })
    if (input.mode === 'apply') {
      await write(tx, { teamId: actor.teamId, accountId: account.id, rows })
      const count = rows.filter(({ outcome }) => outcome === 'create' || outcome === 'update').length
      await auditAct(tx, actor, { act: 'style.imported', subject: account.id, detail: { count } })
    }
    return reportOf(rows, { ...file, applied: input.mode === 'apply', fileProblemLine: null })
  })
}

type Target = { teamId: string; accountId: string }

async function plan(
  tx: Tx,
  { teamId, accountId, rows, input }: Target & { rows: ParsedStyle[]; input: ImportStylesInput },
): Promise<Planned[]> {
  const known = await knownStyles(tx, { teamId, accountId })
  return rows.map((row) => {
    const old = known.get(row.styleId)
    if (!old) return { ...row, outcome: 'create' }
    if (input.existing === 'skip') return { ...row, outcome: 'skip' }
    return isSame(old, row)
      ? { ...row, id: old.id, outcome: 'unchanged' }
      : { ...row, id: old.id, outcome: 'update' }
  })
}

async function knownStyles(tx: Tx, { teamId, accountId }: Target): Promise<Map<number, Known>> {
  const known = new Map<number, Known>()
  for (let last = 0n; ;) {
    const piece = await tx.style.findMany({
      where: { teamId, accountId, styleId: { gt: last } },
      orderBy: { styleId: 'asc' },
      take: PIECE_ROWS,
      select: {
        id: true,
        styleId: true,
        nameKo: true,
        nameEn: true,
        superCategory: true,
        mainCategory: true,
      },
    })
    for (const row of piece) known.set(Number(row.styleId), { ...row, styleId: Number(row.styleId) })
    last = piece.at(-1)?.styleId ?? last
    if (piece.length < PIECE_ROWS) return known
  }
}

async function write(tx: Tx, { teamId, accountId, rows }: Target & { rows: Planned[] }): Promise<void> {
  const outcome = (wanted: ImportRow['outcome']) => rows.filter((row) => row.outcome === wanted)
  for (const piece of piecesOf(outcome('create'))) await insertRows(tx, { teamId, accountId, rows: piece })
  for (const piece of piecesOf(outcome('update'))) await updateRows(tx, teamId, piece)
  await publish(tx, { team: teamId, kind: 'styles', id: accountId })
}

function* piecesOf(rows: Planned[]): Generator<Planned[]> {
  for (let at = 0; at < rows.length; at += PIECE_ROWS) yield rows.slice(at, at + PIECE_ROWS)
}

/** One statement: the client builds hundreds of single rows for so long that everybody would wait. */
async function insertRows(tx: Tx, { teamId, accountId, rows }: Target & { rows: Planned[] }): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Style" ("id", "teamId", "accountId", "styleId", "nameKo", "nameEn", "superCategory", "mainCategory")
    SELECT gen_random_uuid(), ${teamId}::uuid, ${accountId}::uuid, fresh.*
    FROM unnest(
      ${rows.map((row) => BigInt(row.styleId))}::bigint[],
      ${rows.map((row) => row.nameKo)}::text[],
      ${rows.map((row) => row.nameEn)}::text[],
      ${rows.map((row) => row.superCategory)}::text[],
      ${rows.map((row) => row.mainCategory)}::text[]
    ) AS fresh
    ON CONFLICT DO NOTHING`
}

/** One statement: thousands of single updates would outlive the transaction's time limit. */
async function updateRows(tx: Tx, teamId: string, rows: Planned[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Style" AS style
    SET "nameKo" = fresh.ko, "nameEn" = fresh.en, "superCategory" = fresh.super, "mainCategory" = fresh.main, "updatedAt" = now()
    FROM unnest(
      ${rows.map((row) => row.id ?? '')}::uuid[],
      ${rows.map((row) => row.nameKo)}::text[],
      ${rows.map((row) => row.nameEn)}::text[],
      ${rows.map((row) => row.superCategory)}::text[],
      ${rows.map((row) => row.mainCategory)}::text[]
    ) AS fresh(id, ko, en, super, main)
    WHERE style."id" = fresh.id AND style."teamId" = ${teamId}::uuid`
}

type Refused = Extract<ParsedFile, { fileProblem: string }>

function refuseFile(input: ImportStylesInput, { fileProblem, line }: Refused): ImportReport {
  if (input.mode === 'apply') {
    const where = line === null ? '' : ` (line ${line})`
    throw new AppError('validation_failed', {
      detail: 'The file cannot be read as a list of styles.',
      errors: [{ path: 'content', code: fileProblem, message: fileProblem.replaceAll('_', ' ') + where }],
    })
  }
  return reportOf([], {
    applied: false,
    fileProblem,
    fileProblemLine: line,
    problems: [],
    unknownColumns: [],
  })
}

type Told = Omit<ImportReport, 'counts' | 'rows'>

function reportOf(
  rows: Planned[],
  { problems, applied, fileProblem, fileProblemLine, unknownColumns }: Told,
): ImportReport {
  const count = (outcome: ImportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return {
    applied,
    fileProblem,
    fileProblemLine,
    unknownColumns,
    problems: problems.slice(0, PREVIEW_PROBLEMS),
    counts: {
      create: count('create'),
      update: count('update'),
      unchanged: count('unchanged'),
      skip: count('skip'),
      problem: new Set(problems.map((problem) => problem.line)).size,
    },
    rows: rows
      .slice(0, PREVIEW_ROWS)
      .map(({ line, outcome, ...row }) => ({ line, outcome, ...fieldsOf(row) })),
  }
}

const fieldsOf = (row: Omit<ParsedStyle, 'line'>) => ({
  styleId: row.styleId,
  nameKo: row.nameKo,
  nameEn: row.nameEn,
  superCategory: row.superCategory,
  mainCategory: row.mainCategory,
})

function isSame(old: Known, row: ParsedStyle): boolean {
  return (
    old.nameKo === row.nameKo &&
    old.nameEn === row.nameEn &&
    old.superCategory === row.superCategory &&
    old.mainCategory === row.mainCategory
  )
}
