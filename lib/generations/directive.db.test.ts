import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { getCredits } from '@/lib/credits/server'
import { startDispatcher, type Dispatcher } from '@/lib/generations/pipeline/dispatcher'
import { createGeneration, getGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { resetSandbox, updateSandbox } from '@/lib/system/sandbox'
import { serverAccountId } from '@/lib/upstream/server'
import { startSandbox, type Sandbox } from '@/sandbox/server'

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-directive-'))
let sandbox: Sandbox
let dispatcher: Dispatcher

beforeAll(async () => {
  sandbox = await startSandbox({ directory, latencyMs: [0, 0], isPlain: true })
  process.env.SANDBOX_PORT = String(sandbox.port)
  dispatcher = startDispatcher()
})
afterEach(async () => {
  await resetSandbox(await makeActor(await makeTeam(), 'admin'))
})
afterAll(async () => {
  dispatcher.drain()
  await dispatcher.finished()
  await sandbox.close()
  fs.rmSync(directory, { recursive: true, force: true })
})

async function generate(actor: Actor, prompt: string) {
  const body = { ratio: '1:1', styleId: 101, sample: 1, async: false, prompt } as const
  const { id } = await createGeneration(actor, body, new Headers())
  return vi.waitFor(
    async () => {
      const generation = await getGeneration(actor, id)
      expect(['succeeded', 'failed']).toContain(generation.status)
      return generation
    },
    { timeout: 20_000, interval: 50 },
  )
}

test.each(['wrong_api_key', 'api_key_expired', 'not_logged_in', 'failed_billing'])(
  'a prompt that asks the sandbox for %s fails alone: nobody else is told of a key that does not work',
  async (code) => {
    const actor = await makeActor(await makeTeam(), 'member')
    const { error } = await generate(actor, `a fox #sandbox:${code}`)
    expect(error).toMatchObject({ code })
    expect((await getCredits(actor)).keyProblem).toBeNull()
  },
)

test('a prompt that asks the sandbox to be busy takes no slot from the account', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  await generate(actor, 'a fox #sandbox:simultaneous_generation_limit #sandbox:times=1')
  const account = await db().upstreamAccount.findUniqueOrThrow({ where: { id: await serverAccountId() } })
  expect(account).toMatchObject({ learnedSlots: null, learnedAt: null })
})

test('a refusal that an admin provokes for everybody is shown to everybody, until it is taken back', async () => {
  const admin = await makeActor(await makeTeam(), 'admin')
  await updateSandbox(admin, { provoke: 'api_key_expired' })
  await generate(admin, 'a fox')
  expect((await getCredits(admin)).keyProblem).toBe('api_key_expired')
  await resetSandbox(admin)
  expect((await getCredits(admin)).keyProblem).toBeNull()
})
