import { expect, type BrowserContext } from '@playwright/test'
import { test } from './support/browser-test'
import { holdRequests } from './support/held-requests'
import { shiftsOf, watchShifts } from './support/layout-shifts'
import { SETTINGS } from './support/screens'
import { addTeam, callerFor, makeImages, makeTeam, originOf } from './support/seeded-studio'

const PAGES = ['styles', 'sets', 'links', ...SETTINGS.map((name) => `settings/${name}`)]
const RATIOS = ['1:1', '3:4', '4:3', '9:16', '16:9']

let team: string
let share: string
let state: Awaited<ReturnType<BrowserContext['storageState']>>

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  const context = await browser.newContext()
  const page = await context.newPage()
  team = await makeTeam(page)
  const asked = Array.from({ length: 15 }, (_, index) => ({ ratio: RATIOS[index % RATIOS.length] }))
  const made = await Promise.all(asked.map((one) => makeImages(page, team, one)))
  const target = { kind: 'generation', id: made[0].id }
  const link = await callerFor(page, team)('/api/v1/share-links', { target, title: '봄 차 1차 시안' })
  share = new URL(link.url, await originOf(page)).pathname
  state = await context.storageState()
  await context.close()
})

for (const locale of ['ko', 'en'])
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ])
    test(`nothing moves while a page comes in (${locale}, ${viewport.width} px)`, async ({ browser }) => {
      test.setTimeout(600_000) // five pages, each on a processor a sixth as fast as one that may be busy
      for (const [path, storageState] of [
        ['/sign-in', undefined],
        ['/sign-in?step=second-factor', undefined],
        [`${team}/create`, state],
        [`${team}/gallery`, state],
        [share, undefined],
      ] as const) {
        // a browser that has nothing in its cache yet, on a processor a sixth as fast
        const context = await browser.newContext({ storageState, viewport, locale })
        const url = `http://localhost:${process.env.E2E_PORT}`
        await context.addCookies([{ name: 'studio-locale', value: locale, url }])
        await watchShifts(context)
        const page = await context.newPage()
        const device = await context.newCDPSession(page)
        await device.send('Emulation.setCPUThrottlingRate', { rate: 6 })
        await page.goto(path)
        expect(await shiftsOf(page), path).toEqual([])
        await context.close()
      }
    })

test('nothing moves on any other page while it comes in, however far down', async ({ browser }) => {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 3_000 } })
  await watchShifts(context)
  const page = await context.newPage()
  for (const path of PAGES) {
    await page.goto(`${team}/${path}`)
    expect(await shiftsOf(page), path).toEqual([])
  }
  await context.close()
})

test('nothing moves in the trash while it comes in', async ({ browser }) => {
  const context = await browser.newContext({ storageState: state })
  await watchShifts(context)
  const page = await context.newPage()
  await page.goto(`${team}/trash`)
  const own = await addTeam(page)
  const { images } = await makeImages(page, own, { ratio: '3:4' })
  const ids = images.map(({ id }: { id: string }) => id)
  await callerFor(page, own)('/api/v1/images/trash', { ids })
  await page.goto(`${own}/trash`)
  await expect(page.getByRole('img').first()).toBeVisible()
  expect(await shiftsOf(page)).toEqual([])
  await context.close()
})

test('a button keeps its size and its name while it works', async ({ browser }) => {
  const context = await browser.newContext({ storageState: state })
  const page = await context.newPage()
  await page.goto(`${team}/settings/team`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Another name')
  const save = page.getByRole('button', { name: 'Save', exact: true })
  const box = await save.boundingBox()
  const { letThrough } = await holdRequests(page, '**/api/v1/teams/**')
  await save.click()
  await expect(save).toHaveAttribute('aria-busy', 'true')
  expect(await save.boundingBox()).toEqual(box)
  letThrough()
  await expect(save).not.toHaveAttribute('aria-busy')
  await context.close()
})

test('what moves on and on is moved, not painted anew for each frame', async ({ browser }) => {
  const context = await browser.newContext({ storageState: state })
  const page = await context.newPage()
  const asked = { prompt: '감나무 #sandbox:plain #sandbox:slow=8000', styleId: 103, ratio: '4:3', sample: 2 }
  await callerFor(page, team)('/api/v1/generations', asked)
  await page.goto(`${team}/create`)
  const changed = () =>
    page.evaluate(() => {
      const effects = document.getAnimations().map(({ effect }) => effect)
      const endless = effects.filter((effect) => effect?.getTiming().iterations === Infinity)
      const frames = endless.flatMap((effect) =>
        effect instanceof KeyframeEffect ? effect.getKeyframes() : [],
      )
      const ofFrames = ['offset', 'computedOffset', 'easing', 'composite']
      const names = frames.flatMap((frame) => Object.keys(frame).filter((name) => !ofFrames.includes(name)))
      return [...new Set(names)].sort()
    })
  await expect.poll(changed).toEqual(['transform', 'translate'])
  await context.close()
})

test('the images of a link stay where they are when more of them come', async ({ browser }) => {
  const context = await browser.newContext({ storageState: state })
  const page = await context.newPage()
  await page.goto(`${team}/links`)
  const generation = await makeImages(page, team, { ratio: '9:16' })
  await callerFor(page, team)('/api/v1/share-links', {
    target: { kind: 'generation', id: generation.id },
    title: '세로 시안',
  })
  const [, , third, fourth] = generation.images.map(({ id }: { id: string }) => id)
  const { letThrough } = await holdRequests(page, new RegExp(`/i/(${third}|${fourth})/`))
  await page.goto(`${team}/links`, { waitUntil: 'commit' })
  const images = page.getByRole('listitem').filter({ hasText: '세로 시안' }).locator('img')
  const cameOf = () =>
    images.evaluateAll((all) =>
      all
        .filter((one) => one instanceof HTMLImageElement && one.naturalWidth > 0)
        .map((one) => Math.round(one.getBoundingClientRect().height)),
    )
  await expect.poll(cameOf).toHaveLength(2)
  const [height = 0] = await cameOf()
  letThrough()
  await expect.poll(cameOf).toEqual([height, height, height, height])
  await context.close()
})
