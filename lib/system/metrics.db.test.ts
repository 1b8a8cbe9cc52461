import { readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { budgetFor } from '@/e2e/support/budgets'
import { ROOT } from '@/e2e/support/child'
import { makeActor, makeGeneration, makeSandboxAccount } from '@/e2e/support/images'
import { readMetrics } from '@/e2e/support/metrics'
import { makeTeam } from '@/e2e/support/people'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import { createGeneration } from '@/lib/generations/server'
import { setQueueMode } from '@/lib/generations/queue/server'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { observeRequest } from '@/lib/platform/http-observer'
import { startProcessMetrics } from '@/lib/platform/metrics'
import { answerOperations } from '@/lib/system/operations'
import { serverAccountId } from '@/lib/upstream/server'

const pipeline = setUpPipeline()
let server: http.Server
let url: string

beforeAll(async () => {
  startProcessMetrics()
  server = http.createServer((request, response) =>
    observeRequest(
      request,
      response,
      () => void (answerOperations(request, response) || response.end('other')),
    ),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => server.close())

const asked = { prompt: 'a hidden pear', ratio: '1:1', styleId: 101, sample: 1, async: false } as const
const read = () => readMetrics(url)

describe('what the database knows', () => {
  test('is told by state and upstream, without anybody’s name', async () => {
    const team = await makeTeam('Secret project')
    const admin = await makeActor(team, 'admin')
    const before = await read()
    await createGeneration(admin, asked, new Headers())
    await setQueueMode(admin, 'paused')
    const held = await read()
    expect(
      held.of('studio_generations', { state: 'held' }) - before.of('studio_generations', { state: 'held' }),
    ).toBe(1)
    await setQueueMode(admin, 'open')
    const open = await read()
    expect(open.of('studio_generations', { upstream: 'flamel', state: 'waiting' })).toBeGreaterThanOrEqual(1)
    expect(open.of('studio_oldest_waiting_seconds')).toBeGreaterThan(0)
    for (const word of ['Secret', team.slug, team.id, admin.userId, 'hidden pear', 'test-key'])
      expect(open.text).not.toContain(word)
  })

  test('has the slots, the balances and how many accounts fail or run low', async () => {
    const id = await serverAccountId()
    const data = {
      planSlots: 7,
      dailyCredit: 11,
      monthlyCredit: 22,
      defaultCredit: 33,
      balancesSeenAt: new Date(),
    }
    await db().upstreamAccount.update({ where: { id }, data })
    const seen = await read()
    expect(seen.of('studio_slots', { upstream: 'flamel' })).toBe(7)
    expect(['daily', 'monthly', 'default'].map((balance) => seen.of('studio_credits', { balance }))).toEqual([
      11, 22, 33,
    ])
    await db().upstreamAccount.update({ where: { id }, data: { fullCredit: 1_000 } })
    expect((await read()).of('studio_upstream_accounts', { state: 'credits_low' })).toBe(1)
    await db().upstreamAccount.update({ where: { id }, data: { keyProblem: 'invalid_api_key' } })
    expect((await read()).of('studio_upstream_accounts', { state: 'key_failing' })).toBe(1)
    await db().upstreamAccount.update({
      where: { id },
      data: { keyProblem: null, fullCredit: null, dailyCredit: null },
    })
    expect((await read()).text).not.toContain('studio_credits{balance="daily"}') // unknown is no line, not 0
  })

  test('counts budgets of which four fifths are used', async () => {
    const admin = await makeActor(await makeTeam(), 'admin')
    await makeSandboxAccount()
    const before = (await read()).of('studio_budgets_near')
    await budgetFor(admin, { scope: { kind: 'team' }, unit: 'images', window: 'day', limit: 5 })
    await createGeneration(admin, { ...asked, sample: 2 }, new Headers())
    expect((await read()).of('studio_budgets_near')).toBe(before)
    await createGeneration(admin, { ...asked, sample: 2 }, new Headers())
    expect((await read()).of('studio_budgets_near')).toBe(before + 1)
  })
})

test('what this process did is counted by how it ended', async () => {
  const admin = await makeActor(await makeTeam(), 'admin')
  const before = await read()
  const { id } = await createGeneration(admin, { ...asked, prompt: 'counted' }, new Headers())
  pipeline.dispatch()
  await ended(admin, id)
  await pipeline.stopDispatchers()
  const after = await read()
  const grew = (name: string, labels?: Record<string, string>) =>
    after.of(name, labels) - (before.of(name, labels) || 0)
  expect(grew('studio_upstream_call_seconds_count', { end: 'created' })).toBeGreaterThanOrEqual(1)
  expect(grew('studio_generation_seconds_count', { status: 'succeeded' })).toBeGreaterThanOrEqual(1)
  expect(grew('studio_queue_wait_seconds_count')).toBeGreaterThanOrEqual(1)
  expect(
    grew('studio_http_request_seconds_count', { surface: 'operations', status: '2xx' }),
  ).toBeGreaterThanOrEqual(1)
  expect(after.of('studio_database_connections_max')).toBe(12)
  expect(after.of('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
  expect(after.of('studio_storage_free_bytes')).toBeGreaterThan(0)
})

test('however much happens, there are no more lines: no label grows with teams, people or generations', async () => {
  const happen = async (at: number) => {
    const admin = await makeActor(await makeTeam(), 'admin')
    await makeGeneration(admin)
    await createGeneration(admin, asked, new Headers())
    await fetch(`${url}/t/team-${at}/images/${at}?q=${at}`)
    await fetch(`${url}/nowhere-${at}`, { method: 'PUT' })
    const { series } = await read()
    // Node's own lines come and go with what it has open
    return { own: series.filter(({ name }) => name.startsWith('studio_')).length, all: series.length }
  }
  const before = await happen(0)
  for (let at = 1; at < 5; at += 1) expect((await happen(at)).own).toBe(before.own)
  expect(before.all).toBeLessThan(300)
})

test.each(['alerts.yaml', 'dashboard.json'])('docs/monitoring/%s asks for what there is', async (file) => {
  const asksFor = readFileSync(path.join(ROOT, 'docs/monitoring', file), 'utf8').replaceAll('\\"', '"')
  await fetch(`${url}/api/images/1`)
  const { series, text } = await read()
  const names = new Set(
    [...asksFor.matchAll(/\b(?:studio|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name),
  )
  expect(names.size).toBeGreaterThan(7)
  const isThere = (name: string) =>
    series.some((one) => one.name === name) || text.includes(`# TYPE ${name} `)
  expect([...names].filter((name) => !isThere(name))).toEqual([])
  const labels = [...asksFor.matchAll(/\b(studio_[a-z_]+)\{(\w+)(?:=~?|!=)"([^"]+)"\}/g)]
  expect(labels.length).toBeGreaterThan(2)
  for (const [, name = '', label = '', values = ''] of labels) {
    const known = series.flatMap((one) => (one.name === name ? [one.labels[label]] : []))
    expect(known).toEqual(expect.arrayContaining(values.split('|')))
  }
})

test('there are six alerts, each with what to do', () => {
  const file: unknown = parse(readFileSync(path.join(ROOT, 'docs/monitoring/alerts.yaml'), 'utf8'))
  const rule = z.object({
    alert: z.string().regex(/^Studio\w+$/),
    expr: z.string(),
    for: z.string().regex(/^\d+m$/),
    labels: z.object({ severity: z.enum(['page', 'ticket']) }),
    annotations: z.object({ summary: z.string(), action: z.string() }),
  })
  const shape = z.object({
    groups: z.tuple([z.object({ name: z.string(), rules: z.array(rule).length(6) })]),
  })
  expect(shape.safeParse(file).error).toBeUndefined()
})

describe('the id of a request', () => {
  afterEach(() => {
    env().TRUST_PROXY = 'off'
  })
  const idOf = async (given?: string) => {
    const headers = given === undefined ? undefined : { 'x-request-id': given }
    return (await fetch(`${url}/livez`, { headers })).headers.get('x-request-id') ?? ''
  }
  const ours = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

  test('is made anew for each, whatever a visitor calls it', async () => {
    const [one, other, forged] = [await idOf(), await idOf(), await idOf('chosen-by-a-visitor')]
    for (const id of [one, other, forged]) expect(id).toMatch(ours)
    expect(new Set([one, other, forged]).size).toBe(3)
  })

  test('is taken from a proxy that is trusted, in a safe shape alone', async () => {
    env().TRUST_PROXY = 'on'
    expect(await idOf('01JD-edge_4711')).toBe('01JD-edge_4711')
    for (const odd of ['short', 'x'.repeat(65), 'has a blank', '{"event":"x"}', 'a;b=cdefgh'])
      expect(await idOf(odd)).toMatch(ours)
  })
})

describe('who may read it', () => {
  beforeEach(() => {
    env().METRICS_TOKEN = undefined
  })
  afterEach(() => {
    Object.assign(env(), { METRICS_TOKEN: undefined, TRUST_PROXY: 'off', STUDIO_URL: undefined })
  })
  const status = async (headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const address = new URL('/metrics', url)
      http
        .get(address, { headers }, (response) => resolve(response.resume().statusCode ?? 0))
        .on('error', reject)
    })

  test('without a token: a program of this machine that comes through no proxy', async () => {
    expect(await status()).toBe(200)
    expect(await status({ host: 'localhost:9999' })).toBe(200)
  })

  test.each([
    [{ 'x-forwarded-for': '127.0.0.1' }],
    [{ 'X-Forwarded-Proto': 'https' }],
    [{ forwarded: 'for=127.0.0.1' }],
    [{ 'x-real-ip': '127.0.0.1' }],
    [{ via: '1.1 proxy' }],
    [{ host: 'studio.example.com' }],
    [{ host: 'rebound.evil.example' }],
  ])('without a token nobody with %o', async (headers) => expect(await status(headers)).toBe(403))

  test('without a token nobody where a proxy is configured', async () => {
    env().TRUST_PROXY = 'on'
    expect(await status()).toBe(403)
    Object.assign(env(), { TRUST_PROXY: 'off', STUDIO_URL: 'https://studio.example.com' })
    expect(await status()).toBe(403)
    env().STUDIO_URL = 'http://localhost:3000'
    expect(await status()).toBe(200)
  })

  test('with a token only who has it, from wherever they come', async () => {
    env().METRICS_TOKEN = 'a-token-of-the-tests'
    expect(await status()).toBe(401)
    expect(await status({ authorization: 'Bearer a-token-of-the-test' })).toBe(401)
    expect(await status({ authorization: 'Basic a-token-of-the-tests' })).toBe(401)
    const authorization = 'Bearer a-token-of-the-tests'
    expect(await status({ authorization })).toBe(200)
    expect(await status({ authorization, 'x-forwarded-for': '203.0.113.9' })).toBe(200)
  })
})
