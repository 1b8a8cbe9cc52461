import { expect, test } from 'vitest'
import { POST } from '@/app/api/images/create/route'
import { makeActor } from '@/e2e/support/images'
import { call, makeTeam } from '@/e2e/support/people'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { waitUntil } from '@/scripts/processes.mjs'
import { createApiKey } from '@/lib/api-keys/server'
import { db } from '@/lib/platform/db'
import { beginDraining } from '@/lib/platform/draining'
import { renameConnection } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'

const pipeline = setUpPipeline()

test('a client that waits at a server that stops keeps waiting while somebody sends, and is told to come back when nobody does', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const { secret: key } = await createApiKey(actor, { name: 'test', scopes: ['generate'] })
  const body = { prompt: 'a pear', ratio: '1:1', styleId: 101, sample: 1 }
  const answer = call(POST, '/api/images/create', { method: 'POST', key, body })
  const statusOf = async () => (await db().generation.findFirst({ where: { teamId: actor.teamId } }))?.status
  await waitUntil(async () => (await statusOf()) === 'queued', { timeoutMs: 10_000 })
  beginDraining()
  const isAnswered = answer.then(() => true)
  expect(await Promise.race([isAnswered, waitUntil(() => false, { timeoutMs: 2_500 })])).toBe(false)
  await renameConnection(connectionName(false)) // the last dispatcher is gone
  const { status, headers } = await answer
  expect([status, headers.get('retry-after'), await statusOf()]).toEqual([503, '5', 'canceled'])
  expect(pipeline.upstream.calls).toEqual([])
})
