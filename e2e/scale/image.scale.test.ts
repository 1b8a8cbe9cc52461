import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort, ROOT, spawnNode } from '@/e2e/support/child'
import { filesBelow, temporaryFolder } from '@/e2e/support/folders'
import { nodeOf } from '@/e2e/support/node-release'
import { OWNER } from '@/e2e/support/owner'
import { signInAt } from '@/e2e/support/sign-in'
import { createEmptyDatabase } from '@/e2e/support/test-database'
import type { S3Settings } from '@/lib/platform/storage-settings'
import { waitUntil } from '@/scripts/processes.mjs'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

/** The folder that the container image consists of, alone in a place without any package of the checkout, on its Node. */
const home = temporaryFolder()
const image = path.join(home, 'image')
const MOST_MB = 160

type Process = ReturnType<typeof spawnNode>
const processes: Process[] = []
let node: string
let env: Record<string, string>
let url: string

const run = (args: string[], more: Record<string, string> = {}) => {
  const logFile = path.join(home, `${randomUUID()}.log`)
  return spawnNode(args, { env: { ...env, ...more }, logFile, root: image, node })
}
/** A command as the manual tells it for a container: its code, and everything it said. */
async function type(args: string[], more: Record<string, string> = {}) {
  const { exited, logs } = run(['scripts/studio.mjs', ...args], more)
  return { code: (await exited).code, said: logs() }
}
async function start(...args: string[]) {
  const started = run(['scripts/start.mjs', '--built', ...args])
  processes.push(started)
  const isOver = () => / is ready/.test(started.logs()) || started.child.exitCode !== null
  await waitUntil(isOver, { timeoutMs: 100_000 })
  if (!/ is ready/.test(started.logs())) throw new Error(started.logs())
}

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/image.mjs', image], { cwd: ROOT })
  const [, major = ''] =
    /^ARG NODE=(\d+)$/m.exec(fs.readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8')) ?? []
  node = nodeOf(major, path.join(home, 'node'))
  const [port, sandboxPort, workerPort] = [await freePort(), await freePort(), await freePort()]
  url = `http://localhost:${port}`
  env = {
    ...{ PORT: String(port), SANDBOX_PORT: String(sandboxPort), WORKER_PORT: String(workerPort) },
    ...{ DATABASE_URL: await createEmptyDatabase(), STUDIO_SECRET: randomUUID() },
    ...{ STUDIO_DATA_DIR: path.join(home, 'data'), STUDIO_URL: url },
    ...{ STUDIO_OWNER_EMAIL: OWNER.email, STUDIO_OWNER_PASSWORD: OWNER.password },
  }
  await start('--web')
  await start('--worker')
})
afterAll(async () => {
  for (const { child, exited } of processes.toReversed()) {
    child.kill('SIGTERM')
    await exited
  }
})

test('is small, and anybody may read it', () => {
  const files = filesBelow(image)
  const bytes = files.reduce((sum, { found }) => sum + found.size, 0)
  console.log(`the image: ${(bytes / 1e6).toFixed(0)} MB in ${files.length} files beside Node`)
  expect(bytes / 1e6).toBeLessThan(MOST_MB)
  expect(bytes / 1e6).toBeGreaterThan(50)
  expect(files.filter(({ name }) => /\.test\.tsx?$|\.map$|\.nft\.json$/.test(name))).toEqual([])
  expect(files.filter(({ found }) => (found.mode & 0o044) !== 0o044)).toEqual([])
})

describe('a server and a worker of it', () => {
  test('serve pages with their styles and scripts, and say how they are', async () => {
    const cookie = await signInAt(url)
    const page = await fetch(url, { headers: { cookie } })
    expect([page.status, new URL(page.url).pathname]).toEqual([
      200,
      expect.stringMatching(/^\/t\/.+\/create$/),
    ])
    const html = await page.text()
    const parts = [
      ...new Set([...html.matchAll(/\/_next\/static\/[^"\\?]+\.(?:js|css)/g)].map(([part]) => part)),
    ]
    expect(parts.length).toBeGreaterThan(5)
    for (const part of parts) expect([part, (await fetch(url + part)).status]).toEqual([part, 200])
    expect((await fetch(`${url}/nowhere`)).status).toBe(404)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(await run(['scripts/livez.mjs']).exited).toMatchObject({ code: 0 })
    expect(await run(['scripts/livez.mjs', '--worker']).exited).toMatchObject({ code: 0 })
    expect(await run(['scripts/livez.mjs'], { PORT: env.SANDBOX_PORT ?? '' }).exited).toMatchObject({
      code: 1,
    })
  })

  test('make an image that the sandbox painted, and show it, its thumbnail and it in another format', async () => {
    const { said } = await type(['api-key', 'create', '--name', 'test'])
    const key = said.trimEnd().split('\n').at(-1) ?? ''
    const answer = await fetch(`${url}/api/images/create`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'a lighthouse', ratio: '1:1', styleId: 101, sample: 1 }),
    })
    expect(answer.status).toBe(201)
    const headers = { cookie: await signInAt(url) }
    const { items }: { items: { id: string }[] } = await (
      await fetch(`${url}/api/v1/images`, { headers: { 'x-api-key': key } })
    ).json()
    for (const [variant, type] of [
      ['original', 'image/webp'],
      ['thumb', 'image/webp'],
      ['original?download=png', 'image/png'],
    ]) {
      const shown = await fetch(`${url}/i/${items[0]?.id}/${variant}`, { headers })
      expect([variant, shown.status, shown.headers.get('content-type')]).toEqual([variant, 200, type])
      expect((await shown.arrayBuffer()).byteLength).toBeGreaterThan(1_000)
    }
  })
})

test('every command works in it: doctor, backup, verify, restore, a move to an object store and back', async () => {
  const backups = path.join(home, 'backups')
  const doctor = await type(['doctor'])
  expect(doctor).toEqual({ code: 0, said: expect.stringContaining('ok') })
  expect(doctor.said).toMatch(/processes: .*web.*worker|processes: .*worker.*web/)
  expect(await type(['backup', '--to', backups])).toMatchObject({ code: 0 })
  expect(await type(['verify'])).toMatchObject({ code: 0 })
  expect(await type(['verify', '--from', backups])).toMatchObject({ code: 0 })
  const elsewhere = {
    DATABASE_URL: await createEmptyDatabase(),
    STUDIO_DATA_DIR: path.join(home, 'restored'),
  }
  expect(await type(['restore', '--from', backups], elsewhere)).toMatchObject({ code: 0 })
  const store: S3Settings = JSON.parse(process.env.OBJECT_STORE_UNDER_TEST ?? '')
  const s3 = {
    STORAGE_URL: `s3://${store.bucket}/${randomUUID()}`,
    S3_ENDPOINT: store.endpoint,
    S3_ACCESS_KEY_ID: store.accessKeyId,
    S3_SECRET_ACCESS_KEY: store.secretAccessKey,
  }
  expect(await type(['storage', 'move', '--to', 's3'], s3)).toMatchObject({ code: 0 })
  fs.rmSync(path.join(home, 'restored', 'blobs'), { recursive: true })
  expect(await type(['storage', 'move', '--to', 'disk'], { ...s3, ...elsewhere })).toMatchObject({ code: 0 })
  expect(await type(['verify'], elsewhere)).toMatchObject({ code: 0 })
})
