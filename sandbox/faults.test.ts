import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { SandboxUnderTest, valid } from '@/e2e/support/sandbox-under-test'
import { createImage } from '@/lib/upstream/flamel/client'
import type { Outcome } from '@/lib/upstream/outcome'
import { createImageRequest } from '@/lib/upstream/schema'

const sandbox = new SandboxUnderTest()

describe('faults, as the client sees them', () => {
  const faults: [string, Partial<Outcome>, number][] = [
    ['hang', { kind: 'ambiguous', reason: 'timeout_headers' }, 0],
    ['hang #sandbox:charged', { kind: 'ambiguous', reason: 'timeout_headers' }, 1],
    ['reset_before', { kind: 'ambiguous', reason: 'reset' }, 0],
    ['reset_after', { kind: 'ambiguous', reason: 'reset' }, 1],
    ['cut_body', { kind: 'ambiguous', reason: 'cut_body', status: 201 }, 1],
    ['stall_body', { kind: 'ambiguous', reason: 'timeout_idle', status: 201 }, 1],
    ['slow_body=300', { kind: 'created' }, 1],
    ['garbage', { kind: 'created' }, 1],
    ['wrong_shape', { kind: 'created' }, 1],
    ['bad_base64', { kind: 'created' }, 1],
    ['redirect=308', { kind: 'ambiguous', reason: 'redirect', status: 308 }, 0],
    ['429=3', { kind: 'busy', reason: 'too_many_requests', retryAfterS: 3 }, 0],
    ['500', { kind: 'ambiguous', reason: 'server_error', status: 500 }, 0],
    ['502 #sandbox:charged', { kind: 'ambiguous', reason: 'server_error', status: 502 }, 1],
    ['503', { kind: 'ambiguous', reason: 'server_error', status: 503 }, 0],
    ['504', { kind: 'ambiguous', reason: 'server_error', status: 504 }, 0],
    ['simultaneous_generation_limit', { kind: 'busy', reason: 'simultaneous_generation_limit' }, 0],
  ]
  test.each(faults)('%s', async (directive, expected, charged) => {
    const outcome = await createImage(
      sandbox.upstream,
      createImageRequest.parse({ ...valid, prompt: `고래 #sandbox:${directive}` }),
      {
        spoolPath: path.join(sandbox.directory, 'spool'),
        headers: { 'X-Platform': 'web' },
        signal: new AbortController().signal,
        timeouts: { headersMs: 1_500, idleMs: 1_500 },
      },
    )
    expect(outcome).toMatchObject(expected)
    const { calls, credits } = await sandbox.state()
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ platform: 'web', charged })
    expect(credits.dailyCredit).toBe(200 - charged)
  })

  test('strike only as often as `times` says', async () => {
    const prompt = '고래 #sandbox:429=1 #sandbox:times=2'
    const statuses = []
    for (let call = 0; call < 3; call += 1) statuses.push((await sandbox.post({ ...valid, prompt })).status)
    expect(statuses).toEqual([429, 429, 201])
  })

  test('hold for every call while a switch is set, also over a restart', async () => {
    await sandbox.setSwitches({ directives: { nsfw_image: '' } })
    await sandbox.restart()
    expect((await sandbox.post(valid)).body.data).toBe('nsfw_image')
    await fetch(`${sandbox.url}/sandbox/switches`, { method: 'DELETE' })
    expect((await sandbox.post(valid)).status).toBe(201)
  })
})
