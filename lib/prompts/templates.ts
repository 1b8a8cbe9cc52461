import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requireChange, requirePermission } from '@/lib/access/permissions'
import { auditAct } from '@/lib/audit/server'
import { db, isUniqueViolation, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { presentRows } from '@/lib/platform/present-rows'
import { selectPromptTemplate, toPromptTemplate, type PromptTemplateRow } from '@/lib/prompts/present'
import type {
  PromptTemplate,
  PromptTemplateChange,
  PromptTemplateInput,
  PromptTemplateList,
} from '@/lib/prompts/schema'

/** All of them are read at once, also to complete what is typed after `#`. */
const TEMPLATES_MAX = 500

/** The team's templates, the most used first. */
export async function listPromptTemplates(actor: Actor): Promise<PromptTemplateList> {
  const rows = await db().promptTemplate.findMany({
    where: { teamId: actor.teamId },
    orderBy: [{ uses: 'desc' }, { name: 'asc' }],
    take: TEMPLATES_MAX,
    select: selectPromptTemplate,
  })
  return { items: presentRows(rows, toPromptTemplate), nextCursor: null }
}

/** Throws `not_found` for a template of another team. */
export async function getPromptTemplate(actor: Actor, id: string): Promise<PromptTemplate> {
  const row = await db().promptTemplate.findFirst({
    where: { id, teamId: actor.teamId },
    select: selectPromptTemplate,
  })
  if (!row) throw new AppError('not_found')
  return toPromptTemplate(row)
}

/** Throws `already_exists` where the team has one of that name, `conflict` where it has as many as it may. */
export async function createPromptTemplate(
  actor: Actor,
  { name, text }: PromptTemplateInput,
): Promise<PromptTemplate> {
  requirePermission(actor, 'generate')
  const { teamId, userId } = actor
  if ((await db().promptTemplate.count({ where: { teamId } })) >= TEMPLATES_MAX)
    throw new AppError('conflict', { detail: `A team keeps at most ${TEMPLATES_MAX} templates.` })
  return write(actor, (tx) =>
    tx.promptTemplate.create({ data: { teamId, makerId: userId, name, text }, select: selectPromptTemplate }),
  )
}

/** Throws `already_exists` where the team has another one of that name, `not_found`, `forbidden` for a colleague's. */
export async function updatePromptTemplate(
  actor: Actor,
  id: string,
  change: PromptTemplateChange,
): Promise<PromptTemplate> {
  return write(actor, async (tx) => {
    await requireOwn(tx, actor, id)
    return tx.promptTemplate.update({ where: { id }, data: change, select: selectPromptTemplate })
  })
}

/** Throws `not_found`, `forbidden` for a colleague's. */
export async function deletePromptTemplate(actor: Actor, id: string): Promise<void> {
  await write(actor, async (tx) => {
    await requireOwn(tx, actor, id)
    const template = await tx.promptTemplate.delete({ where: { id }, select: selectPromptTemplate })
    const detail = { name: template.name }
    await auditAct(tx, actor, { act: 'prompt-template.deleted', subject: id, detail })
    return template
  })
}

/** Counts that it was put into a form. Throws `not_found`. */
export async function countTemplateUse(actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'generate')
  await db().$transaction(async (tx) => {
    const { count } = await tx.promptTemplate.updateMany({
      where: { id, teamId: actor.teamId },
      data: { uses: { increment: 1 } },
    })
    if (count === 0) throw new AppError('not_found')
    await publish(tx, { team: actor.teamId, kind: 'prompt-template', id })
  })
}

/** The row, held until the transaction ends; what is another team's or was deleted meanwhile is not found. */
async function requireOwn(tx: Tx, actor: Actor, id: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ makerId: string }[]>`
    SELECT "makerId" FROM "PromptTemplate" WHERE id = ${id}::uuid AND "teamId" = ${actor.teamId}::uuid FOR UPDATE`
  if (!row) throw new AppError('not_found')
  requireChange(actor, row.makerId)
}

async function write(actor: Actor, change: (tx: Tx) => Promise<PromptTemplateRow>): Promise<PromptTemplate> {
  try {
    const row = await db().$transaction(async (tx) => {
      const changed = await change(tx)
      await publish(tx, { team: actor.teamId, kind: 'prompt-template', id: changed.id })
      return changed
    })
    return toPromptTemplate(row)
  } catch (error) {
    if (isUniqueViolation(error))
      throw new AppError('already_exists', { detail: 'There is a template of that name.', cause: error })
    throw error
  }
}
