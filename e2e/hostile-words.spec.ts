import { expect } from '@playwright/test'
import { test } from './support/browser-test'
import { callerFor, makeImages, makeTeam, prefer } from './support/seeded-studio'

const EVIL = `</script><script>window.isHit=1</script><img src=x onerror="window.isHit=1">'"{{7*7}}`

test('what people type is text wherever it is shown: feed, gallery, image, styles, links', async ({
  page,
  context,
}) => {
  await prefer(context, { locale: 'en', theme: 'dark' })
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  const style = { styleId: 900_001, nameEn: EVIL.slice(0, 80), nameKo: EVIL.slice(0, 80) }
  await call('/api/v1/styles', style)
  const { images } = await makeImages(page, team, { prompt: EVIL, ratio: '1:1', sample: 1 })
  const [image] = images
  await call('/api/v1/share-links', { target: { kind: 'image', id: image.id }, title: EVIL.slice(0, 120) })

  const search = `?q=${encodeURIComponent(EVIL.slice(0, 60))}`
  const text = page.getByText('</script>').first()
  const shown = {
    create: text,
    [`gallery${search}`]: page.getByRole('link', { name: `Open: ${EVIL}` }),
    [`images/${image.id}`]: text,
    styles: text,
    links: text,
  }
  for (const [path, words] of Object.entries(shown)) {
    await page.goto(`${team}/${path}`)
    await expect(words).toBeAttached()
    await expect(page.locator('img[src="x"]')).toHaveCount(0)
    expect(await page.evaluate(() => 'isHit' in window), path).toBe(false)
  }
  await page.goto(`${team}/images/${image.id}`)
  await expect(page).toHaveTitle(new RegExp('</script>'))
  const info = page.getByRole('complementary', { name: 'Details' })
  await expect(info.getByText(EVIL, { exact: true })).toBeVisible()
})
