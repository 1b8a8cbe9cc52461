import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET as getImage } from '@/app/api/images/[id]/route'
import { POST as create } from '@/app/api/images/create/route'
import { dataPattern, published, publishedExamples, publishedRefusals } from '@/e2e/contract/published'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { withSetting } from '@/e2e/support/with-setting'
import { createApiKey } from '@/lib/api-keys/server'
import { startDispatcher, type Dispatcher } from '@/lib/generations/pipeline/dispatcher'
import { db } from '@/lib/platform/db'
import { startListening, stopListening } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'
import { startSandbox, type Sandbox } from '@/sandbox/server'

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-published-'))
const isResponse = published('CreateImageResponseDto')
const isImage = published('CreatedImageDto')
const isRefusal = published('Refusal')
let sandbox: Sandbox
let dispatcher: Dispatcher
let secret = ''

beforeAll(async () => {
  sandbox = await startSandbox({ directory, latencyMs: [0, 0], isPlain: true })
  process.env.SANDBOX_PORT = String(sandbox.port)
  await startListening(connectionName(true))
  dispatcher = startDispatcher()
  const actor = await makeActor(await makeTeam(), 'member')
  secret = (await createApiKey(actor, { name: 'test', scopes: ['read', 'generate'] })).secret
})
afterAll(async () => {
  dispatcher.drain()
  await dispatcher.finished()
  await stopListening()
  await db().$disconnect()
  await sandbox.close()
  fs.rmSync(directory, { recursive: true, force: true })
})

async function post(body: unknown) {
  const request = new Request('http://127.0.0.1:3000/api/images/create', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': secret },
    body: JSON.stringify(body),
  })
  const response = await create(request)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test.each(publishedExamples)(
  'the drop-in answers the published example as published: %s',
  async (_name, body) => {
    const answer = await post(body)
    expect(answer.status).toBe(201)
    expect(isResponse(answer.body), JSON.stringify(isResponse.errors)).toBe(true)
    expect(answer.body.images).toHaveLength(4)
  },
)

test.each(['async', 'blurred', 'failed=1', 'bad_base64=1'])(
  'an odd answer is still the published shape: %s',
  async (name) => {
    const prompt = `고래 #sandbox:${name}`
    const answer = await post({ prompt, ratio: '4:3', styleId: 101, sample: 2, async: name === 'async' })
    expect(answer.status).toBe(201)
    expect(isResponse(answer.body), JSON.stringify(isResponse.errors)).toBe(true)
    const [{ imageId }] = answer.body.images
    const headers = { 'x-api-key': secret }
    const request = new Request(`http://127.0.0.1:3000/api/images/${imageId}`, { headers })
    const image = await getImage(request, { params: Promise.resolve({ id: String(imageId) }) })
    expect(image.status).toBe(200)
    expect(isImage(await image.json()), JSON.stringify(isImage.errors)).toBe(true)
  },
)

test.each(publishedRefusals)(
  'the drop-in hands on the published refusal: $name',
  async ({ name, status, data }) => {
    const asked = { prompt: `고래 #sandbox:${name}`, ratio: '1:1', styleId: 101, sample: 1 }
    const isAbsorbed = name === 'simultaneous_generation_limit'
    const answer = await (isAbsorbed ? withSetting('STUDIO_QUEUE_WAIT_S', 1, () => post(asked)) : post(asked))
    expect(answer.status).toBe(status)
    expect(isRefusal(answer.body)).toBe(true)
    expect(answer.body).toMatchObject({ success: false, code: status })
    expect(answer.body.data).toMatch(dataPattern(data))
    expect(answer.headers.get('x-studio-error-source')).toBe(isAbsorbed ? null : 'upstream')
  },
)
