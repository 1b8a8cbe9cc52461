import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { freePort, ROOT } from '@/e2e/support/child'
import { makeClient } from '@/e2e/support/client'
import { provide } from '@/e2e/support/debian-packages'
import { temporaryFolder } from '@/e2e/support/folders'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { answerWithImages, startUpstream, type FakeUpstream } from '@/e2e/support/upstream'
import { waitUntil } from '@/scripts/processes.mjs'

/** Prometheus itself, as docs/monitoring sets it up, on a server and a worker of the built studio. */
const TOKEN = 'a-token-of-the-monitoring-tests'
const home = temporaryFolder()
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8')
const alerts = path.join(ROOT, 'docs/monitoring/alerts.yaml')
const config = path.join(home, 'prometheus.yml')

let upstream: FakeUpstream
let web: Studio
let worker: Studio
let workerPort: number
let url: string
let stop: () => Promise<unknown>

const answerOf = z.object({
  status: z.literal('success'),
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()) })) }),
})
async function ask(query: string) {
  const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`)
  return answerOf.parse(await answer.json()).data.result.map(({ metric }) => metric)
}

/** The example of the manual, with the addresses and the token of this test, and often enough for it. */
function writeConfiguration(): void {
  const [, told = ''] =
    /```yaml\n([^`]*scrape_configs:[^`]*)```/.exec(read('docs/monitoring/README.md')) ?? []
  const token = path.join(home, 'token')
  fs.writeFileSync(token, TOKEN)
  const [studio] = z
    .object({ scrape_configs: z.tuple([z.looseObject({ job_name: z.literal('flamel-studio') })]) })
    .parse(parse(told)).scrape_configs
  const targets = [web.settings.port, workerPort].map((port) => `localhost:${port}`)
  const scraped = { ...studio, static_configs: [{ targets }], authorization: { credentials_file: token } }
  const often = { scrape_interval: '1s', evaluation_interval: '1s' }
  fs.writeFileSync(config, stringify({ global: often, rule_files: [alerts], scrape_configs: [scraped] }))
}

async function startPrometheus(): Promise<() => Promise<unknown>> {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const data = `--storage.tsdb.path=${path.join(home, 'tsdb')}`
  const args = [`--config.file=${config}`, data, `--web.listen-address=127.0.0.1:${port}`]
  const child = spawn('prometheus', args, { stdio: 'ignore' })
  const gone = once(child, 'exit')
  const isUp = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  if (!(await waitUntil(isUp, { timeoutMs: 30_000 }))) throw new Error('Prometheus did not start.')
  return () => {
    child.kill('SIGTERM')
    return gone
  }
}

beforeAll(async () => {
  provide(['prometheus', 'promtool'], ['prometheus'])
  upstream = await startUpstream(answerWithImages({ delayMs: 50 }))
  upstream.account = { dailyCredit: 11, monthlyCredit: 22, credit: 33 }
  workerPort = await freePort()
  const env = {
    ...{ FLAMEL_API_KEY: 'flm-monitoring', FLAMEL_API_URL: upstream.url, METRICS_TOKEN: TOKEN },
    WORKER_PORT: String(workerPort),
  }
  web = await startStudio({ env: { ...env, STUDIO_DISPATCHER: 'off' } })
  const { databaseUrl } = web.settings
  worker = await startStudio({ env, databaseUrl, dataDir: web.settings.dataDir, isWorker: true })
  const client = await makeClient(web)
  expect((await client.dropIn({ prompt: 'a pear' })).status).toBe(201)
  writeConfiguration()
  stop = await startPrometheus()
})
afterAll(async () => {
  await stop?.()
  await worker?.sigterm()
  await web?.stop()
  await upstream?.close()
})

test('promtool finds nothing to say about the rules, the example of the manual and what is told', async () => {
  execFileSync('promtool', ['check', 'rules', alerts], { stdio: 'pipe' })
  execFileSync('promtool', ['check', 'config', config], { stdio: 'pipe' })
  for (const port of [web.settings.port, workerPort]) {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const input = await (await fetch(`http://localhost:${port}/metrics`, { headers })).text()
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    })
    expect([status, stdout + stderr]).toEqual([0, ''])
  }
})

test('each alert is raised by what it is for, and by nothing less', () => {
  const file = path.join(home, 'alerts.test.yaml')
  fs.writeFileSync(file, read('e2e/support/alerts.promtool.yaml').replace('ALERTS', alerts))
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' })
  expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')])
  const named = new Set(
    [...read(alerts.slice(ROOT.length + 1)).matchAll(/alert: (\w+)/g)].map(([, name]) => name),
  )
  const raised = parse(fs.readFileSync(file, 'utf8')).tests.flatMap(
    (one: { alert_rule_test: { alertname: string; exp_alerts?: unknown }[] }) =>
      one.alert_rule_test.flatMap(({ alertname, exp_alerts }) => (exp_alerts ? [alertname] : [])),
  )
  expect(new Set(raised)).toEqual(named)
})

test('Prometheus reads both processes, and every panel of the dashboard has something to show', async () => {
  const areRead = async () => (await ask('up{job="flamel-studio"} == 1')).length === 2
  expect(await waitUntil(areRead, { timeoutMs: 20_000 })).toBe(true)
  const dashboard = z
    .object({
      panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
    })
    .parse(JSON.parse(read('docs/monitoring/dashboard.json')))
  const questions = dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ title, expr })),
  )
  expect(questions.length).toBeGreaterThan(15)
  for (const { title, expr } of questions) {
    const isShown = async () => (await ask(expr)).length > 0
    expect([title, expr, await waitUntil(isShown, { timeoutMs: 20_000 })]).toEqual([title, expr, true])
  }
})

test('all alerts are watched, none is raised while all is well, and a process that is gone is noticed', async () => {
  const alerting = async (state: string) =>
    (await ask(`ALERTS{alertstate="${state}"}`)).map(({ alertname }) => alertname)
  const rules = z
    .object({
      data: z.object({ groups: z.array(z.object({ rules: z.array(z.object({ health: z.string() })) })) }),
    })
    .parse(await (await fetch(`${url}/api/v1/rules`)).json())
  expect(rules.data.groups.flatMap((group) => group.rules.map(({ health }) => health))).toEqual(
    Array(6).fill('ok'),
  )
  expect([await alerting('pending'), await alerting('firing')]).toEqual([[], []])
  await worker.sigterm()
  const isNoticed = async () => (await alerting('pending')).includes('StudioDown')
  expect(await waitUntil(isNoticed, { timeoutMs: 20_000 })).toBe(true)
})
