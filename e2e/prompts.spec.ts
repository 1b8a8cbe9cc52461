import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { generate, isAlive, make, openCreate, promptBox, unique } from './support/create-page'

const library = (page: Page) => page.getByRole('dialog', { name: 'Prompts' })

async function openLibrary(page: Page, tab?: 'Templates') {
  await page.getByRole('button', { name: 'Prompts and templates' }).click()
  if (tab) await library(page).getByText(tab, { exact: true }).click()
}

async function addTemplate(page: Page, name: string, text: string) {
  await openLibrary(page, 'Templates')
  await library(page).getByRole('button', { name: 'New template' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Prompt', { exact: true }).last().fill(text)
  await page.getByRole('button', { name: 'Save template' }).click()
  await expect(library(page).getByText(name, { exact: true })).toBeVisible()
}

test.beforeEach(async ({ page }) => openCreate(page))

test('a prompt of another device is found by its words, with its image, and put into the box', async ({
  page,
}) => {
  const prompt = unique('a brass telescope at noon')
  await make(page, prompt)
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await isAlive(page)
  await promptBox(page).fill('typed here')
  await openLibrary(page)
  await page.getByRole('searchbox', { name: 'Search your prompts' }).fill('noon TELESCOPE')
  const found = library(page).getByRole('button', { name: `Use: ${prompt}` })
  await expect(found.locator('img')).toBeVisible()
  await found.click()
  await expect(library(page)).toHaveCount(0)
  await expect(promptBox(page)).toHaveValue(prompt)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(promptBox(page)).toHaveValue('typed here')
})

test('Alt with an arrow goes on with what was sent on another device', async ({ page }) => {
  const prompt = unique('a paper kite')
  await make(page, prompt)
  await page.evaluate(() => localStorage.clear())
  await page.evaluate(() => sessionStorage.clear())
  await page.reload()
  await isAlive(page)
  await promptBox(page).fill('typed here')
  await promptBox(page).press('Alt+ArrowUp')
  await expect(promptBox(page)).toHaveValue(prompt)
  await promptBox(page).press('Alt+ArrowDown')
  await expect(promptBox(page)).toHaveValue('typed here')
})

test('what was typed in the form of a template is kept when it is closed, until it is canceled', async ({
  page,
}) => {
  await promptBox(page).fill('a lamp')
  const form = page.getByRole('dialog', { name: 'New template' })
  const text = form.getByLabel('Prompt', { exact: true })
  const open = () => library(page).getByRole('button', { name: 'New template' }).click()
  await openLibrary(page, 'Templates')
  await open()
  await form.getByLabel('Name').fill('Kept')
  await text.fill('a lamp on {surface}')
  await page.mouse.click(5, 5) // the page beside the dialog
  await expect(form).toHaveCount(0)
  await page.mouse.click(5, 5)
  await expect(library(page)).toHaveCount(0)
  await openLibrary(page, 'Templates')
  await open()
  await expect(form.getByLabel('Name')).toHaveValue('Kept')
  await expect(text).toHaveValue('a lamp on {surface}')
  await form.getByRole('button', { name: 'Cancel' }).click()
  await open()
  await expect(form.getByLabel('Name')).toHaveValue('')
  await expect(text).toHaveValue('a lamp')
})

test('a template asks for what it leaves open, is counted, and its name cannot be taken twice', async ({
  page,
}) => {
  const name = unique('Packshot')
  await promptBox(page).fill('{product} on {surface}, soft light')
  await openLibrary(page, 'Templates')
  await library(page).getByRole('button', { name: 'New template' }).click()
  await page.getByRole('button', { name: 'Save template' }).click()
  await expect(page.getByText('Enter a name.')).toBeVisible()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Save template' }).click()
  await library(page).getByText(name, { exact: true }).click()
  const questions = page.getByRole('dialog', { name: `Fill in “${name}”` })
  await questions.getByLabel('product').fill('a red mug')
  await questions.getByLabel('surface').fill('slate')
  await expect(questions.getByText('a red mug on slate, soft light')).toBeVisible()
  await questions.getByRole('button', { name: 'Use prompt' }).click()
  await expect(promptBox(page)).toHaveValue('a red mug on slate, soft light')
  await openLibrary(page, 'Templates')
  await expect(library(page).getByRole('button', { name }).first()).toContainText('Used once')
  await library(page).getByRole('button', { name: 'New template' }).click()
  await page.getByLabel('Name').fill(name.toUpperCase())
  await page.getByRole('button', { name: 'Save template' }).click()
  await expect(page.getByText('Your team has a template with this name.')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue(name.toUpperCase())
})

test('# completes a template where the caret stands, with the keyboard alone', async ({ page }) => {
  const name = `gold${Date.now()}`
  await addTemplate(page, name, 'golden hour, long shadows')
  await page.keyboard.press('Escape')
  await promptBox(page).fill('a harbor, ')
  await promptBox(page).pressSequentially(`#${name.slice(0, 8)}`)
  const option = page.getByRole('listbox', { name: 'Templates' }).getByRole('option', { name })
  await expect(option).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(promptBox(page)).toHaveValue('a harbor, golden hour, long shadows')
  await expect(promptBox(page)).toBeFocused()
  await page.keyboard.type(', gulls')
  await expect(promptBox(page)).toHaveValue('a harbor, golden hour, long shadows, gulls')
  await page.keyboard.type(` #${name}`)
  await expect(option).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(option).toHaveCount(0)
  await expect(promptBox(page)).toHaveValue(`a harbor, golden hour, long shadows, gulls #${name}`)
})

test('a snippet with variables asks for them and comes in at the caret', async ({ page }) => {
  const name = `on${Date.now()}`
  await addTemplate(page, name, 'on a {surface}')
  await page.keyboard.press('Escape')
  await promptBox(page).fill('a cup ')
  await promptBox(page).pressSequentially(`#${name}`)
  await page.getByRole('option', { name }).click()
  await page.getByLabel('surface').fill('marble slab')
  await page.keyboard.press('Enter')
  await expect(promptBox(page)).toHaveValue('a cup on a marble slab')
  await expect(promptBox(page)).toBeFocused()
  await expect(generate(page)).toBeEnabled()
})

test('a template is changed and deleted, and another page follows', async ({ page, context }) => {
  const name = unique('Sky')
  await addTemplate(page, name, 'a pale sky')
  const other = await context.newPage()
  await other.goto(page.url())
  await isAlive(other)
  await openLibrary(other, 'Templates')
  await expect(library(other).getByText(name, { exact: true })).toBeVisible()
  await library(page)
    .getByRole('button', { name: `Edit template ${name}` })
    .click()
  await page.getByLabel('Prompt', { exact: true }).last().fill('a violet sky')
  await page.getByRole('button', { name: 'Save template' }).click()
  await expect(library(other).getByText('a violet sky')).toBeVisible()
  await library(page)
    .getByRole('button', { name: `Delete template ${name}` })
    .click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(library(other).getByText(name, { exact: true })).toHaveCount(0)
})

test('an image of what the sandbox does not know says so in its details, and another does not', async ({
  page,
}) => {
  const note = page.getByText('Placeholder: the sandbox doesn’t know this subject.')
  for (const [words, isPlaceholder] of [
    ['a zither of brass', true],
    ['a white sneaker', false],
  ] as const) {
    const prompt = unique(words)
    await make(page, prompt)
    await page.getByRole('link', { name: `Open image 1: ${prompt}` }).click()
    await expect(page.getByRole('dialog', { name: `Image: ${prompt}` })).toBeVisible()
    await expect(page.getByText('Technical details')).toBeVisible()
    await expect(note).toHaveCount(isPlaceholder ? 1 : 0)
    await page.keyboard.press('Escape')
  }
})
