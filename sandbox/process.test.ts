import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = process.cwd()
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-sandbox-process-'))
const running: ChildProcess[] = []
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  fs.rmSync(dataDir, { recursive: true, force: true })
})

async function start(port = '0'): Promise<{ child: ChildProcess; output: string; url: string }> {
  const env = { ...process.env, STUDIO_DATA_DIR: dataDir, SANDBOX_LATENCY_MS: '0', SANDBOX_PORT: port }
  const args = ['--conditions=react-server', '--import', 'tsx', path.join(root, 'scripts/sandbox.ts')]
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  const output = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)))
    child.stderr.once('data', (chunk) => resolve(String(chunk)))
  })
  return { child, output, url: /http:\S+/.exec(output)?.[0] ?? '' }
}

async function get(url: string) {
  return (await fetch(url, { headers: { 'X-Api-Key': 'any' } })).json()
}

test('keeps credits and images through kill -9, and says in one sentence that its port is taken', async () => {
  const first = await start()
  const answer = await fetch(`${first.url}/api/images/create`, {
    method: 'POST',
    headers: { 'X-Api-Key': 'any' },
    body: JSON.stringify({ prompt: '고래', ratio: '1:1', styleId: 101, sample: 2 }),
  })
  const { images } = await answer.json()
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')

  const second = await start()
  expect((await get(`${second.url}/sandbox/state`)).credits.dailyCredit).toBe(198)
  const [{ imageId, base64 }] = images
  expect(await get(`${second.url}/api/images/${imageId}`)).toMatchObject({ imageId, base64 })

  const third = await start(new URL(second.url).port)
  expect(third.output).toMatch(/^Port \d+ is taken\. Set SANDBOX_PORT to a free one\.\n$/)
  await once(third.child, 'exit')
  expect(third.child.exitCode).toBe(1)
  second.child.kill('SIGTERM')
  await once(second.child, 'exit')
  expect(second.child.exitCode).toBe(0)
}, 60_000)
