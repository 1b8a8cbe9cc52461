import { expect } from '@playwright/test'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { unique } from './support/create-page'
import { joinWith } from './support/guest'
import { callerFor, makeImages, makeTeam } from './support/seeded-studio'

test('an admin sees what everybody used, a member their own, each also as a CSV', async ({
  page,
  browser,
  baseURL,
}) => {
  const team = await makeTeam(page)
  const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'member' })
  const guest = await joinWith(`${baseURL}${path}`, browser, '이하린')
  await makeImages(page, team, { prompt: unique('a heron'), sample: 2 })
  await makeImages(guest.page, team, { prompt: unique('왜가리'), sample: 4 })

  await page.goto(`${team}/settings/usage`)
  const main = page.getByRole('main')
  const rowOf = (name: string) => main.getByRole('table').first().getByRole('row').filter({ hasText: name })
  await expect(rowOf('이하린')).toContainText('4')
  await expect(main.getByRole('definition').filter({ hasText: 'from 2 generations' })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await main.getByRole('navigation', { name: 'Group by' }).getByRole('link', { name: 'Outcome' }).click()
  await expect(rowOf('Images received')).toContainText('100%')
  await main.getByRole('navigation', { name: 'Whose' }).getByRole('link', { name: 'Mine' }).click()
  await expect(main.getByRole('definition').filter({ hasText: 'from 1 generation' })).toBeVisible()
  const download = page.waitForEvent('download')
  await main.getByRole('link', { name: 'Export CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^usage-.*-outcome-.*\.csv$/)

  await guest.page.setViewportSize({ width: 390, height: 844 })
  await guest.page.goto(`${baseURL}${team}/settings/usage`)
  const own = guest.page.getByRole('main')
  await expect(own.getByRole('heading', { name: '사용량', exact: true })).toBeVisible()
  await expect(own.getByText('이미지 4장 · 즐겨찾기 0장')).toBeVisible()
  await expect(own.getByRole('navigation', { name: '대상' })).toHaveCount(0)
  await expect(own.getByRole('heading', { name: '잔액' })).toHaveCount(0)
  expect(await findings(guest.page)).toEqual([])
  await guest.close()
})

for (const width of [320, 390])
  test(`beside a long name no figure breaks (${width} px)`, async ({ page, browser, baseURL }) => {
    const team = await makeTeam(page)
    const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'admin' })
    const long = '가을 캠페인을 맡은 마케팅 2팀의 김서연 Ellie' + 'a'.repeat(50)
    const guest = await joinWith(`${baseURL}${path}`, browser, long)
    await makeImages(guest.page, team, { prompt: unique('왜가리'), sample: 4 })
    await guest.page.setViewportSize({ width, height: 844 })
    await guest.page.goto(`${baseURL}${team}/settings/usage?by=member`)
    const main = guest.page.getByRole('main')
    await expect(main.getByRole('table')).toHaveCount(2)
    const broken = await main.locator('table td, thead th').evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const range = document.createRange()
        range.selectNodeContents(cell)
        const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)))
        return lines.size > 1 ? [cell.textContent] : []
      }),
    )
    expect(broken).toEqual([])
    expect(await guest.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await guest.close()
  })

test('each date of the chart stands in the middle below its bar, and none is cut off', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  const team = await makeTeam(page)
  for (const period of ['week', 'last_month', 'year']) {
    await page.goto(`${team}/settings/usage?period=${period}`)
    const chart = page.getByRole('main').getByRole('figure')
    const dates = await chart.evaluate((figure) => {
      const centreOf = (element: Element) => {
        const { left, width } = element.getBoundingClientRect()
        return left + width / 2
      }
      const labels = [...figure.querySelectorAll('span')].filter(({ children }) => children.length === 0)
      return [...figure.querySelectorAll('[title]')].flatMap((bar) => {
        const date = bar.getAttribute('title')?.split(':')[0]
        const label = labels.find(({ textContent }) => textContent === date)
        if (!label) return []
        const range = document.createRange()
        range.selectNodeContents(label)
        const { left, right } = range.getBoundingClientRect()
        return [{ date, offBy: Math.abs((left + right) / 2 - centreOf(bar)), left, right }]
      })
    })
    expect(dates.length).toBeGreaterThan(2)
    expect(dates.filter(({ offBy, left, right }) => offBy > 1 || left < 0 || right > 320)).toEqual([])
  }
})
