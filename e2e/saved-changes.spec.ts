import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { openCreate, unique } from './support/create-page'
import { joinWith } from './support/guest'
import { callerFor, makeTeam } from './support/seeded-studio'

/** What the page reads of an address from now on is not answered: a line on which nothing comes for a while. */
const holdReads = (page: Page, path: string) =>
  page.route(
    ({ pathname }) => pathname === path,
    (route) => (route.request().method() === 'GET' ? undefined : route.continue()),
  )

/** One in a queue that is paused, and the page of it. */
async function openQueueWithOne(page: Page): Promise<string> {
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  await call('/api/v1/queue', { mode: 'paused' }, 'PATCH')
  const prompt = unique('a heron in the reeds')
  await call('/api/v1/generations', { prompt, ratio: '1:1', styleId: 101, sample: 1 })
  await page.goto(`${team}/settings/queue`)
  return prompt
}

test('what was canceled leaves the queue before the queue is read again', async ({ page }) => {
  const prompt = await openQueueWithOne(page)
  const cancel = page.getByRole('button', { name: `Cancel: ${prompt}` })
  await expect(cancel).toBeVisible()
  await holdReads(page, '/api/v1/queue')
  await cancel.click()
  await expect(cancel).toHaveCount(0)
  await expect(page.getByText('Nothing is waiting.')).toBeVisible()
})

test('of two modes of the queue that are pressed at once the last stands, also while the first is answered', async ({
  page,
}) => {
  await openQueueWithOne(page)
  const answers: (() => void)[] = []
  let isHeld = true
  await page.route('**/api/v1/queue', async (route) => {
    if (route.request().method() !== 'PATCH') return isHeld ? undefined : route.continue() // no other reader says what is saved
    await new Promise<void>((resolve) => answers.push(resolve))
    await route.continue()
  })
  const mode = (name: string) => page.getByRole('radio', { name, exact: true })
  await page.getByText('Draining', { exact: true }).click()
  await page.getByText('Running', { exact: true }).click()
  await expect(mode('Running')).toBeChecked()
  await expect.poll(() => answers.length).toBe(1)
  const first = page.waitForResponse((response) => response.request().method() === 'PATCH')
  answers[0]?.()
  await (await first).finished()
  await expect.poll(() => answers.length).toBe(2)
  await expect(mode('Running')).toBeChecked()
  isHeld = false
  answers[1]?.()
  await expect(page.getByText('Nothing is waiting.')).toBeVisible({ timeout: 30_000 })
})

test('a new role stands in its place before the members are read again', async ({ page, browser }) => {
  const team = await makeTeam(page)
  const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'member' })
  const guest = await joinWith(path, browser, '이하린')
  await page.goto(`${team}/settings/members`)
  const role = page.getByRole('row', { name: /이하린/ }).getByRole('combobox')
  await expect(role).toHaveValue('member')
  await holdReads(page, '/api/v1/members')
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await role.selectOption('viewer')
  await (await saved).finished()
  await expect(role).toBeEnabled()
  await expect(role).toHaveValue('viewer')
  await guest.close()
})

test('a template stands in the list as it was saved, or not any more, before the list is read again', async ({
  page,
}) => {
  await openCreate(page)
  const library = page.getByRole('dialog', { name: 'Prompts' })
  const name = unique('Packshot')
  await page.getByRole('button', { name: 'Prompts and templates' }).click()
  await library.getByText('Templates', { exact: true }).click()
  await expect(library.getByText('No templates yet')).toBeVisible() // it has been read once
  await holdReads(page, '/api/v1/prompt-templates')
  await library.getByRole('button', { name: 'New template' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Prompt', { exact: true }).last().fill('soft light')
  await page.getByRole('button', { name: 'Save template' }).click()
  await library.getByRole('button', { name: `Edit template ${name}` }).click()
  await page.getByLabel('Prompt', { exact: true }).last().fill('hard light')
  await page.getByRole('button', { name: 'Save template' }).click()
  await expect(library.getByText('hard light')).toBeVisible()
  await library.getByRole('button', { name: `Delete template ${name}` }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(library).toBeVisible() // once the question is answered
  await expect(library.getByRole('button', { name: `Edit template ${name}` })).toHaveCount(0)
})

test('a reference stands in its box once it is here, before the references are read again', async ({
  page,
}) => {
  await openCreate(page)
  await page.getByRole('radiogroup', { name: 'Start from' }).getByText('Reference', { exact: true }).click()
  const file = page.getByLabel('Reference image')
  await expect(file).toBeAttached()
  await holdReads(page, '/api/v1/references')
  await file.setInputFiles('public/starters/boat.webp')
  await expect(page.getByText('Selected', { exact: true })).toBeVisible()
})

test('the audit log shows what was done a moment ago, though it was read before', async ({ page }) => {
  const team = await makeTeam(page)
  await page.goto(`${team}/settings/audit`)
  const lines = page.getByRole('main').getByRole('listitem')
  await expect(lines.first()).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Queue' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible()
  await callerFor(page, team)('/api/v1/styles', { styleId: 900_002, nameEn: 'Ink wash' })
  await page.getByRole('navigation').getByRole('link', { name: 'Audit log' }).click()
  await expect(lines.filter({ hasText: 'added style #900002' })).toBeVisible()
})
