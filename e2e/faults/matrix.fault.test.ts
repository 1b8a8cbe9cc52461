import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeClient, type Client } from '@/e2e/support/client'
import { callsOf, noteRow, printLedger } from '@/e2e/support/ledger'
import { startSandbox, type Sandbox } from '@/e2e/support/sandbox'
import { startStudio, type Studio } from '@/e2e/support/studio'
import type { Generation } from '@/lib/generations/schema'
import { REFUSAL_CODES } from '@/lib/upstream/flamel/refusals'

/** What must come of a fault: our state, the drop-in's status, calls upstream, images kept at least and charged. */
type Expected = {
  status: Generation['status']
  dropIn: number
  calls?: number
  images?: number
  code?: string
}

const succeeded = (images: number, calls = 1): Expected => ({
  status: 'succeeded',
  dropIn: 201,
  images,
  calls,
})
const unknown = (images = 0): Expected => ({ status: 'unknown', dropIn: 424, images, calls: 1 })

const faults: [directive: string, expected: Expected][] = [
  ['', succeeded(2)],
  ['hang', unknown()],
  ['hang charged', unknown()],
  ['reset_before', unknown()],
  ['reset_after', unknown()],
  ['cut_body=80', unknown(1)],
  ['stall_body', unknown(1)],
  ['slow_body=600', succeeded(2)],
  ['garbage', unknown()],
  ['wrong_shape', unknown()],
  ['bad_base64', unknown()],
  ['bad_base64=1', succeeded(1)],
  ['failed', { status: 'failed', dropIn: 422, calls: 1, images: 0 }],
  ['failed=1', succeeded(1)],
  ['blurred', succeeded(2)],
  ['fewer=1', succeeded(1)],
  ['redirect', unknown()],
  ['redirect=308', unknown()],
  ['429=1 times=1', succeeded(2, 2)],
  ['simultaneous_generation_limit times=1', succeeded(2, 2)],
  ['500', unknown()],
  ['500 charged', unknown()],
  ['502', unknown()],
  ['503=1', unknown()],
  ['504 charged', unknown()],
]
const refusals = REFUSAL_CODES.filter((code) => code !== 'simultaneous_generation_limit')

let sandbox: Sandbox
let studio: Studio
let client: Client

beforeAll(async () => {
  sandbox = await startSandbox({ env: { SANDBOX_PAINTER: 'plain' } })
  studio = await startStudio({ env: { SANDBOX_PORT: String(sandbox.port), FLAMEL_TIMEOUT_S: '5' } })
  client = await makeClient(studio)
})
afterAll(async () => {
  printLedger()
  await studio?.stop()
  await sandbox?.stop()
})

function promptFor(directive: string, api: string): string {
  const directives = directive ? directive.split(' ').map((part) => `#sandbox:${part}`) : []
  return [`a whale through ${api}`, ...directives].join(' ')
}

type Checked = { directive: string; api: string; prompt: string; id: string }

async function check({ directive, api, prompt, id }: Checked, expected: Expected) {
  const generation = await client.ended(id)
  const calls = await callsOf(sandbox, prompt)
  const kept = generation.images.filter(({ state }) => state === 'completed')
  const charged = calls.reduce((sum, call) => sum + call.charged, 0)
  noteRow({
    fault: directive || 'none',
    api,
    calls: calls.length,
    charged,
    status: generation.status,
    images: kept.length,
  })
  expect(generation.status).toBe(expected.status)
  expect(calls).toHaveLength(expected.calls ?? 1)
  expect(kept.length).toBeGreaterThanOrEqual(expected.images ?? 0)
  for (const { urls, blurReason, sha256 } of kept) {
    const bytes = await fetch(`${studio.url}${urls.original}`, { headers: client.headers })
    const got = createHash('sha256')
      .update(Buffer.from(await bytes.arrayBuffer()))
      .digest('hex')
    if (blurReason) expect(got).not.toBe(sha256)
    else expect(got).toBe(sha256)
  }
  if (expected.code) expect(generation.error).toMatchObject({ code: expected.code, charged: 'no' })
}

describe.each(['v1', 'drop-in'] as const)('through %s', (api) => {
  const ask = async (prompt: string, dropInStatus: number): Promise<string> => {
    if (api === 'drop-in') {
      const response = await client.dropIn({ prompt, sample: 2 })
      await response.arrayBuffer()
      expect(response.status).toBe(dropInStatus)
      return response.headers.get('x-studio-generation') ?? ''
    }
    const response = await client.submit({ prompt, sample: 2 })
    expect(response.status).toBe(202)
    return (await response.json()).id
  }

  test.each(faults)('%s', async (directive, expected) => {
    const prompt = promptFor(directive, api)
    await check({ directive, api, prompt, id: await ask(prompt, expected.dropIn) }, expected)
  })

  test.each(refusals)('refusal %s', async (code) => {
    const prompt = promptFor(code, api)
    const id = await ask(prompt, statusOf(code))
    await check({ directive: code, api, prompt, id }, { status: 'failed', dropIn: statusOf(code), code })
  })
})

function statusOf(code: string): number {
  const statuses: Record<string, string[]> = {
    400: ['invalid_prompts', 'nsfw_image'],
    401: ['wrong_api_key', 'api_key_expired'],
    404: ['no_style_with_that_id', 'no_input_image'],
    422: [
      'missing_dynamic_params',
      'no_ref_style_in_admin',
      'no_b2b_style',
      'no_enabled_style_in_admin',
      'unknown_model',
    ],
  }
  return Number(Object.entries(statuses).find(([, codes]) => codes.includes(code))?.[0] ?? 403)
}
