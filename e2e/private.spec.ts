import { expect, type Browser, type Page } from '@playwright/test'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { IN_TIME, unique } from './support/create-page'
import { joinWith } from './support/guest'
import { callerFor, makeTeam } from './support/seeded-studio'

const card = (page: Page, prompt: string) => page.getByRole('article', { name: prompt })

/** Two Korean members of a new team, each in a browser of their own. */
async function twoMembers(page: Page, browser: Browser, baseURL: string | undefined) {
  const team = await makeTeam(page)
  const join = async (name: string) => {
    const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'member' })
    return joinWith(`${baseURL}${path}`, browser, name)
  }
  return { team, maker: await join('이하린'), colleague: await join('박도윤') }
}

test('what a member keeps private comes into a colleague’s feed and gallery once it is published', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, maker, colleague } = await twoMembers(page, browser, baseURL)
  const prompt = unique('비밀 시안')
  await colleague.page.goto(`${baseURL}${team}/create`)
  await maker.page.goto(`${baseURL}${team}/create`)
  await maker.page.getByRole('button', { name: /^스타일 변경/ }).waitFor()
  await maker.page.getByRole('button', { name: '팀에 공개' }).click()
  await expect(maker.page.getByRole('button', { name: /^비공개/, pressed: true })).toBeVisible()
  await maker.page.getByRole('textbox', { name: '프롬프트' }).fill(prompt)
  await maker.page.getByRole('textbox', { name: '프롬프트' }).press('Control+Enter')
  const own = card(maker.page, prompt)
  await expect(own.getByRole('link', { name: /열기/ })).toHaveCount(4, IN_TIME)
  await expect(own).toContainText('비공개')
  expect(await findings(maker.page)).toEqual([])
  await page.goto(`${team}/create`)
  await expect(card(page, prompt)).toContainText('Private')

  await colleague.page.reload()
  await expect(colleague.page.getByText('첫 이미지')).toBeVisible()
  await expect(card(colleague.page, prompt)).toHaveCount(0)

  await own.getByRole('button', { name: '더 보기', exact: true }).click()
  await expect(maker.page.getByRole('menuitem', { name: /^공유/ })).toHaveAttribute('aria-disabled', 'true')
  await maker.page.getByRole('menuitem', { name: '팀에 공개' }).click()
  await expect(maker.page.getByText('이제 팀에서 볼 수 있어요.')).toBeVisible()
  await expect(own).not.toContainText('비공개')
  await expect(card(colleague.page, prompt).getByRole('link', { name: /열기/ })).toHaveCount(4, IN_TIME)
  await colleague.page.goto(`${baseURL}${team}/gallery`)
  await expect(colleague.page.getByRole('link', { name: prompt })).toHaveCount(4, IN_TIME)
  await maker.close()
  await colleague.close()
})

test('a team that keeps new images private: the form says so, and the large view publishes them', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, maker, colleague } = await twoMembers(page, browser, baseURL)
  await page.goto(`${team}/settings/team`)
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH') // the switch shows what is pressed at once
  await page.getByText('Keep new images private').click()
  await expect(page.getByRole('switch', { name: /Keep new images private/ })).toBeChecked()
  await saved
  const prompt = unique('비밀 시안')
  await maker.page.goto(`${baseURL}${team}/create`)
  await expect(maker.page.getByRole('button', { name: /^비공개/, pressed: true })).toBeVisible()
  await maker.page.getByRole('button', { name: /^스타일 변경/ }).waitFor()
  await maker.page.getByRole('textbox', { name: '프롬프트' }).fill(prompt)
  await maker.page.getByRole('textbox', { name: '프롬프트' }).press('Control+Enter')
  await card(maker.page, prompt).getByRole('link', { name: /열기/ }).first().click(IN_TIME)
  const image = maker.page.getByRole('dialog', { name: /^이미지/ })
  await expect(image.getByText('비공개: 만든 사람과 관리자만 볼 수 있어요.')).toBeVisible()
  const address = maker.page.url()
  expect((await colleague.page.goto(address))?.status()).toBe(404)
  await image.getByRole('button', { name: '팀에 공개', exact: true }).click()
  await expect(image.getByText('비공개: 만든 사람과 관리자만 볼 수 있어요.')).toBeHidden()
  expect((await colleague.page.goto(address))?.status()).toBe(200)
  await maker.close()
  await colleague.close()
})
