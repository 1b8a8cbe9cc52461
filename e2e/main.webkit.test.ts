import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeClient, type Client } from '@/e2e/support/client'
import { OWNER } from '@/e2e/support/owner'
import { startSandbox, type Sandbox } from '@/e2e/support/sandbox'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { unzip } from '@/e2e/support/unzip'
import { openWebKit, type WebKit } from '@/e2e/support/webkit'

let sandbox: Sandbox
let studio: Studio
let client: Client
let member: WebKit
let guest: WebKit

beforeAll(async () => {
  sandbox = await startSandbox({ env: { SANDBOX_PAINTER: 'plain' } })
  studio = await startStudio({ env: { SANDBOX_PORT: String(sandbox.port) } })
  client = await makeClient(studio)
  member = await openWebKit({ width: 1440, height: 900 })
  guest = await openWebKit({ width: 390, height: 844 })
})
afterAll(async () => {
  await guest?.close()
  await member?.close()
  await studio?.stop()
  await sandbox?.stop()
})

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await member.screenshot('test-results/webkit-member.png')
  await guest.screenshot('test-results/webkit-guest.png')
})

const button = (name: string) =>
  `//button[starts-with(normalize-space(), '${name}') or starts-with(@aria-label, '${name}')]`
const link = (name: string) =>
  `//a[starts-with(normalize-space(), '${name}') or starts-with(@aria-label, '${name}')]`
const field = (name: string) => `//*[@id = //label[starts-with(normalize-space(), '${name}')]/@for]`

/** How many of the images that match are drawn. */
const drawn = (page: WebKit, css: string) =>
  page.run(
    'return [...document.querySelectorAll(arguments[0])].filter((it) => it.complete && it.naturalWidth > 0).length',
    css,
  )

async function signIn(password: string) {
  await member.goto(`${studio.url}/sign-in`)
  await member.type(field('Email'), OWNER.email)
  await member.type(field('Password'), password)
  await member.click(button('Sign in'))
}

/** Images made by the program beside the browser; what the browser then sees comes from the server alone. */
async function make(prompt: string, sample: number) {
  const { id } = await (await client.submit({ prompt, sample })).json()
  return client.ended(id)
}

async function share(id: string, options: object = {}): Promise<string> {
  const answer = await fetch(`${studio.url}/api/v1/share-links`, {
    method: 'POST',
    headers: client.headers,
    body: JSON.stringify({ target: { kind: 'generation', id }, ...options }),
  })
  const { url }: { url: string } = await answer.json()
  return new URL(url, studio.url).href
}

test('a wrong password is told, and the right one leads to the form', async () => {
  await signIn('not the password')
  await member.sees("//*[@role='alert' and contains(., 'password')]")
  await signIn(OWNER.password)
  await member.sees(button('Generate'))
  await expect.poll(member.url).toMatch(/\/t\/[^/]+\/create$/)
})

test('what is written in the form becomes images', async () => {
  await member.goto(`${studio.url}/`)
  await member.sees(button('Change style')) // the style comes in once the page has come alive
  await member.type(field('Prompt'), '감나무 아래의 여우')
  await member.click(button('Generate'))
  await member.sees(
    "//article[@aria-label='감나무 아래의 여우' or .//text()[contains(., '감나무 아래의 여우')]]",
  )
  await expect.poll(() => drawn(member, 'article a img'), { timeout: 60_000 }).toBeGreaterThan(0)
})

test('the gallery shows its images, finds by a word, and opens one large', async () => {
  await make('a lighthouse at dusk', 2)
  await member.goto(`${studio.url}/t/studio/gallery?q=lighthouse`)
  await expect.poll(() => drawn(member, '[data-image] img')).toBe(2)
  await member.click('//a[@data-image]')
  await member.sees("//*[@role='dialog' and @aria-labelledby = //*[. = 'Image: a lighthouse at dusk']/@id]")
  await expect.poll(() => drawn(member, '[role=dialog] img')).toBeGreaterThan(0)
  await member.click(button('Close'))
  await expect.poll(member.url).toMatch(/\/gallery\?q=lighthouse$/)
})

test('a guest on a phone sees what was shared, and downloads it as a ZIP', async () => {
  const { id } = await make('four persimmons', 4)
  await guest.goto(await share(id, { title: '봄 차 1차 시안' }))
  await guest.sees("//h1[contains(., '봄 차 1차 시안')]")
  await expect.poll(() => drawn(guest, 'main a img')).toBe(4)
  await guest.click(link('Download all'))
  const file = path.join(guest.downloads, '봄-차-1차-시안.zip')
  await expect.poll(() => fs.existsSync(file)).toBe(true)
  expect(unzip(fs.readFileSync(file)).size).toBe(4)
})

test('a password is asked for before anything is shown', async () => {
  const { id } = await make('a fox in the snow', 1)
  await guest.goto(await share(id, { password: 'under the persimmon' }))
  expect(await drawn(guest, 'img')).toBe(0)
  await guest.type(field('Password'), 'under the persimmon')
  await guest.click(button('View images'))
  await expect.poll(() => drawn(guest, 'main a img')).toBe(1)
})
