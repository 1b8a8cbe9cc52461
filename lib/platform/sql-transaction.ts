import 'server-only'
import pg from 'pg'
import { pool } from '@/lib/platform/db'
import { nameOf } from '@/lib/platform/prepared'
import { Prisma } from '@/prisma/generated/client'

type Words = TemplateStringsArray | Prisma.Sql
type Ask = <T>(words: Words, ...values: unknown[]) => Promise<T>

/** What functions need that only speak SQL: Prisma's client or transaction, `sql` or a transaction of `sqlTransaction`. */
export type SqlTx = { $queryRaw: Ask; $executeRaw: (words: Words, ...values: unknown[]) => Promise<number> }

type OwnTx = SqlTx & {
  /** Asks and does not wait: what PostgreSQL refuses lets nothing be committed. */
  $write: (statement: Prisma.Sql) => void
  /** Goes out behind what was asked last, before that is answered. */
  $commit: () => Promise<unknown>
}

/** As Prisma reads them; everything else is text, a number, a date or JSON to both. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(oid, format),
}

/** `extended`: as a statement with values goes out, all of a turn in one write. */
type Query = pg.QueryConfig & { queryMode?: 'extended' }
type Send = (query: Query) => Promise<pg.QueryResult>

function speaking(send: Send) {
  const ask = (words: Words, values: unknown[]) => {
    const { text, values: all } = words instanceof Prisma.Sql ? words : Prisma.sql(words, ...values)
    return send({ name: nameOf(text) || undefined, text, values: all, types })
  }
  return {
    ask,
    // the caller knows what it asks for, as with Prisma's own
    $queryRaw: async <T>(words: Words, ...values: unknown[]) => (await ask(words, values)).rows as T,
    $executeRaw: async (words: Words, ...values: unknown[]) => (await ask(words, values)).rowCount ?? 0,
  }
}

/** Single statements of the hot path, on the driver itself. */
export const sql: SqlTx = speaking((query) => pool().query(query))

/**
 * A transaction of the hot path, on the driver itself: BEGIN goes out together with the first statement, and nothing that
 * `work` asks waits for the answer to what it asked before. Rolled back where anything of it fails.
 */
export async function sqlTransaction<T>(work: (tx: OwnTx) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  const answers: Promise<unknown>[] = []
  let isEnding = false
  let failed: { error: unknown } | undefined
  const send: Send = (query) => {
    const answer = client.query(query)
    answers.push(answer)
    answer.catch((error: unknown) => (failed ??= { error })) // those behind it only say that the transaction is aborted
    return answer
  }
  const { ask, ...asking } = speaking((query) => {
    if (isEnding) throw new Error('The transaction has ended.') // the connection may be somebody else's by now
    return send(query)
  })
  const $write = (statement: Prisma.Sql) => void ask(statement, [])
  const $commit = async () => {
    if (isEnding) return
    isEnding = true
    await send({ text: 'COMMIT', queryMode: 'extended' })
  }
  try {
    void send({ text: 'BEGIN', queryMode: 'extended' })
    const result = await work({ ...asking, $write, $commit })
    await Promise.all([$commit(), ...answers])
    client.release()
    return result
  } catch (error) {
    isEnding = true
    await send({ text: 'ROLLBACK' }).then(
      () => client.release(),
      () => client.release(true),
    )
    throw failed ? failed.error : error
  }
}

/**
 * Executes a statement whose result nobody needs. In a transaction of `sqlTransaction` it is only on its way then, behind what
 * was asked before, and nothing is committed where PostgreSQL refuses it.
 */
export async function write(tx: SqlTx, statement: Prisma.Sql): Promise<void> {
  if ('$write' in tx)
    (tx as OwnTx).$write(statement) // no other has it
  else await tx.$executeRaw(statement)
}
