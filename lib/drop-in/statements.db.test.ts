import pg from 'pg'
import { beforeAll, expect, test, vi } from 'vitest'
import { POST as create } from '@/app/api/images/create/route'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { createApiKey } from '@/lib/api-keys/server'

const CREATES = 8
const STATEMENTS_MAX = 22
const TRANSACTIONS_MAX = 3
const CLAIMS_MAX = 1.2

const pipeline = setUpPipeline()
beforeAll(() => void pipeline.dispatch())

test('a create through the drop-in costs the database no more than it has to', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const { secret } = await createApiKey(actor, { name: 'test', scopes: ['generate'] })
  await ask(secret, 'the first makes the account and notes the use of the key')
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const creates: string[][] = []
  for (let n = 0; n < CREATES; n++) {
    query.mockClear()
    await ask(secret, `a unicorn, ${n}`)
    creates.push(query.mock.calls.map(([asked]) => textOf(asked)).filter((text) => !isSweep(text)))
  }
  // the middle one: what a timer asks beside them falls into one or two
  const middle = (part: RegExp) =>
    creates.map((texts) => texts.filter((text) => part.test(text)).length).toSorted((x, y) => x - y)[
      CREATES / 2
    ]
  expect(middle(/^(?!BEGIN|COMMIT|SET )/)).toBeLessThanOrEqual(STATEMENTS_MAX)
  expect(middle(/^BEGIN/)).toBeLessThanOrEqual(TRANSACTIONS_MAX)
  const claims = creates.flat().filter((text) => text.includes('FOR NO KEY UPDATE'))
  expect(claims.length / CREATES).toBeLessThanOrEqual(CLAIMS_MAX)
})

async function ask(secret: string, prompt: string): Promise<void> {
  const response = await create(
    new Request('http://127.0.0.1:3000/api/images/create', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': secret },
      body: JSON.stringify({ prompt, styleId: 352, ratio: '1:1', sample: 1 }),
    }),
  )
  expect(response.status).toBe(201)
  await response.arrayBuffer()
}

function textOf(asked: unknown): string {
  if (typeof asked === 'object' && asked !== null && 'text' in asked) return String(asked.text).trim()
  return String(asked).trim()
}

/** What the dispatcher and the live events ask once a second or less, whether or not anything is created. */
const isSweep = (text: string) =>
  /"UpstreamAccount" a\b|"queueDeadline" < now\(\)|"leaseExpiresAt" < now\(\)|"hasQueued"|^SELECT 1$|proof/.test(
    text,
  )
