import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { joinWith } from './support/guest'
import { openAlive } from './support/open-alive'
import { memberScreens, show, visitorScreens } from './support/screens'
import { callerFor, fillTeam, makeTeam, prefer } from './support/seeded-studio'

const ARABIC = 'مرحبا بالعالم'

test('what people write from right to left is shown so, on every screen and in every message', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(600_000)
  await makeTeam(page)
  const [team, other] = [await addNamedTeam(page, `${ARABIC} 1`), await addNamedTeam(page, `${ARABIC} 10`)]
  const invite = (to: string) => callerFor(page, to)('/api/v1/invitations', { role: 'admin' })
  const guest = await joinWith(`${baseURL}${(await invite(team)).path}`, browser, `${ARABIC} 2`)
  const token = (await invite(other)).path.split('/').at(-1)
  await callerFor(guest.page)('/api/v1/invitations/acceptance', { token })
  await prefer(guest.page.context(), { locale: 'en', theme: 'dark' })
  const call = callerFor(guest.page, team)
  const words = { superCategory: `${ARABIC} 4`, mainCategory: `${ARABIC} 5` }
  await call('/api/v1/styles', { styleId: 3, nameEn: `${ARABIC} 3`, nameKo: `${ARABIC} 3`, ...words })
  const seeded = await fillTeam(guest.page, team, `${ARABIC}, 12 cats. `)
  const share = await call('/api/v1/share-links', {
    target: { kind: 'image', id: seeded.image },
    title: `${ARABIC} 6`,
    showPrompt: true,
  })
  await call('/api/v1/api-keys', { name: `${ARABIC} 7`, scopes: ['read'] })
  await call('/api/v1/references', { path: `${ARABIC}/8.png` })
  await call('/api/v1/generations', {
    prompt: `${ARABIC} 9`,
    image: `${ARABIC}/8.png`,
    ratio: '1:1',
    sample: 1,
  })

  const found: string[] = []
  const look = async (where: string, at = guest.page) => {
    for (const place of await shownLeftToRight(at)) found.push(`${where}: ${place}`)
  }
  for (const screen of memberScreens(seeded, other)) {
    await show(guest.page, screen)
    await look(screen.name)
  }
  await actInWords(guest.page, team, look)
  await guest.page.goto((await invite(team)).path)
  await expect(guest.page.getByRole('button', { name: /^Join as/ })).toBeVisible()
  await look('an invitation, signed in')
  const visitor = await browser.newContext({ baseURL, locale: 'en-US' })
  const outside = await visitor.newPage()
  const shared = { name: 'shared with a title', path: new URL(share.url, baseURL).pathname }
  for (const screen of [...visitorScreens(seeded), shared]) {
    await show(outside, screen)
    await look(screen.name, outside)
  }
  expect(found).toEqual([])
  await visitor.close()
  await guest.close()
})

async function addNamedTeam(page: Page, name: string): Promise<string> {
  const { slug } = await callerFor(page)('/api/v1/teams', { name })
  return `/t/${slug}`
}

/** What is said after something was done, and asked before. */
async function actInWords(page: Page, team: string, look: (where: string) => Promise<void>) {
  const notifications = page.getByRole('region', { name: 'Notifications' })
  await page.goto(`${team}/create`)
  const box = page.getByRole('textbox', { name: 'Prompt' })
  await expect(page.getByRole('button', { name: /^Change style/ })).toBeVisible()
  await box.fill(`${ARABIC}, 12 cats.`)
  await expect(box).toHaveCSS('direction', 'rtl')
  await page.getByRole('article').nth(2).getByRole('button', { name: 'Reuse', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Vary with a new prompt' }).click()
  await expect(page.getByRole('region', { name: 'Create a variation' })).toBeVisible()
  await look('proposal')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Adding to group:', { exact: false })).toBeVisible()
  await look('a group that is continued')

  await page.goto(`${team}/gallery?q=${encodeURIComponent(ARABIC)}&style=3`)
  await expect(page.getByRole('button', { name: /remove this filter$/ })).toBeVisible()
  await look('set filters')
  await page.goto(`${team}/styles`)
  await page
    .getByRole('button', { name: new RegExp(`^More for`) })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Hide' }).click()
  await expect(notifications.getByText('is hidden')).toBeVisible()
  await look('a toast')
  await page.goto(`${team}/settings/keys`)
  await page.getByRole('button', { name: /^Revoke / }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('a question')
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(notifications.getByText('no longer works')).toBeVisible()
  await look('a toast about a key')
  await openAlive(page, `${team}/settings/profile`)
  const call = callerFor(page, team)
  await call('/api/v1/queue', { mode: 'paused' }, 'PATCH')
  const queued = page.getByRole('link', { name: /^Paused/ })
  await expect(queued).toBeVisible()
  const before = await queued.innerText()
  const asked = { prompt: `${ARABIC} 11`, styleId: 3, ratio: '1:1', sample: 1 }
  const { id } = await call('/api/v1/generations', asked)
  await expect(queued).not.toHaveText(before)
  await call(`/api/v1/generations/${id}/cancellation`, {})
  await expect(notifications.getByText(`${ARABIC} 11`)).toBeVisible()
  await look('a toast about a generation')
  await page.goto(`${team}/settings/audit`)
  await page.getByRole('main').getByRole('listitem').first().waitFor()
  await look('the record')
  await page.goto(`${team}/create`)
  await expect(page.getByRole('button', { name: /^Change style/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill(ARABIC)
  await look('palette, searching')
}

/**
 * The places where the text stands in an element that is written left to right, and is not isolated in its sentence; a
 * tooltip and a field's value are written as their element is.
 */
function shownLeftToRight(page: Page): Promise<string[]> {
  return page.evaluate((searched) => {
    const places: string[] = []
    const look = (element: Element, text: string) => {
      if (!text.includes(searched) || text.includes('\u2068')) return
      if (element.closest('script, style, .sr-only') || element.getClientRects().length === 0) return
      if (getComputedStyle(element).direction !== 'rtl') places.push(element.outerHTML.slice(0, 240))
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.parentElement) look(node.parentElement, node.textContent ?? '')
    for (const element of document.querySelectorAll('[title], [data-tip]'))
      look(element, `${element.getAttribute('title')} ${element.getAttribute('data-tip')}`)
    for (const field of document.querySelectorAll('input, textarea, select'))
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) look(field, field.value)
      else if (field instanceof HTMLSelectElement) look(field, field.selectedOptions[0]?.text ?? '')
    return places
  }, ARABIC)
}
