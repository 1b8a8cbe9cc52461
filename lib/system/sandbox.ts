import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { auditAct } from '@/lib/audit/server'
import { refreshAccount } from '@/lib/credits/account-facts'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { sandboxState, toSandbox } from '@/lib/system/present'
import type { Sandbox, sandboxInput } from '@/lib/system/schema'
import { connectionFor, type Connection } from '@/lib/upstream/server'

const LIMIT_MS = 5_000

/** What the sandbox is set to do. Throws `upstream_off` when the team uses a paid key: nothing there can be provoked; `unavailable`. */
export async function getSandbox(actor: Actor): Promise<Sandbox> {
  requirePermission(actor, 'see_system')
  return ask(await sandboxOf(actor), { method: 'GET', path: '/sandbox/state' })
}

/** Makes the sandbox refuse, fail, slow down or run out of credits, for everybody, until it is taken back. Throws as `getSandbox` does. */
export async function updateSandbox(actor: Actor, input: z.output<typeof sandboxInput>): Promise<Sandbox> {
  requirePermission(actor, 'see_system')
  const { provoke, slots, latencyS, dailyCredit } = input
  const connection = await sandboxOf(actor)
  const body = {
    ...(provoke !== undefined && { directives: provoke === null ? {} : { [provoke]: '' } }),
    ...(slots !== undefined && { slots }),
    ...(latencyS !== undefined && {
      latencyMs: latencyS === null ? null : [latencyS * 1000, latencyS * 1000],
    }),
    ...(dailyCredit !== undefined && { credits: { dailyCredit } }),
  }
  const sandbox = await ask(connection, { method: 'POST', path: '/sandbox/switches', body })
  await auditAct(db(), actor, { act: 'sandbox.changed', subject: actor.teamId })
  await refreshAccount(connection) // what another provocation said of the key is over
  return sandbox
}

/** Takes everything back that was provoked, and with it what everybody was told of the key. Throws as `getSandbox` does. */
export async function resetSandbox(actor: Actor): Promise<Sandbox> {
  requirePermission(actor, 'see_system')
  const connection = await sandboxOf(actor)
  const sandbox = await ask(connection, { method: 'DELETE', path: '/sandbox/switches' })
  await auditAct(db(), actor, { act: 'sandbox.changed', subject: actor.teamId })
  await refreshAccount(connection)
  return sandbox
}

type Asked = { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: object }

async function sandboxOf({ teamId }: Actor): Promise<Connection> {
  const connection = await connectionFor(teamId)
  if (connection.kind !== 'sandbox') throw new AppError('upstream_off')
  return connection
}

async function ask({ baseUrl }: Connection, { method, path, body }: Asked): Promise<Sandbox> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    body: body && JSON.stringify(body),
    headers: body && { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch((cause: unknown) => {
    throw new AppError('unavailable', { detail: 'The sandbox does not answer.', cause })
  })
  const parsed = sandboxState.safeParse(await response.json().catch(() => null))
  if (!parsed.success) throw new AppError('unavailable', { detail: 'The sandbox answered something else.' })
  return toSandbox(parsed.data)
}
