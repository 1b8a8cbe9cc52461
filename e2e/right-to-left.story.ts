import { expect, type Page } from '@playwright/test'
import { callerFor, makePictures, makeTeam, prefer } from './support/seeded-studio'
import { test } from './support/story'

const HEBREW = 'שלום עולם'

test('what people write from right to left is shown so, wherever it stands', async ({ page, context }) => {
  test.slow()
  await prefer(context, { locale: 'en', theme: 'dark' })
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  await call('/api/v1/styles', { styleId: 900_101, nameEn: `${HEBREW} 1`, nameKo: `${HEBREW} 1` })
  const prompt = `${HEBREW}, 12 cats.`
  const { images } = await makePictures(page, team, { prompt, ratio: '1:1', sample: 1 })
  const [image] = images
  const link = await call('/api/v1/share-links', {
    target: { kind: 'image', id: image.id },
    title: `${HEBREW} 2`,
    showPrompt: true,
  })
  await call('/api/v1/api-keys', { name: `${HEBREW} 3`, scopes: ['read'] })

  const paths = [
    ...[`${team}/create`, `${team}/images/${image.id}`, `${team}/styles`, `${team}/links`],
    ...[`${team}/settings/keys`, new URL(link.url, 'http://localhost').pathname],
  ]
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByText(HEBREW).first()).toBeVisible()
    expect(await shownLeftToRight(page), path).toEqual([])
  }
  await page.goto(`${team}/create`)
  const box = page.getByRole('textbox', { name: 'Prompt' })
  await box.fill(prompt)
  await expect(box).toHaveCSS('direction', 'rtl')
})

/** The places where the text stands in an element that is written left to right, and is not isolated in its sentence. */
function shownLeftToRight(page: Page): Promise<string[]> {
  return page.evaluate((needle) => {
    const places: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const [text, parent] = [node.textContent ?? '', node.parentElement]
      if (!parent || !text.includes(needle) || text.includes(`\u2068`)) continue
      if (parent.closest('script, style, .sr-only') || parent.getClientRects().length === 0) continue
      if (getComputedStyle(parent).direction !== 'rtl') places.push(parent.outerHTML.slice(0, 200))
    }
    return places
  }, HEBREW)
}
