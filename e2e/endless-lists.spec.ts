import { expect } from '@playwright/test'
import { test } from './support/browser-test'
import { openAlive } from './support/open-alive'
import { makeImages, makeTeam } from './support/seeded-studio'

test('a page of the feed that cannot be loaded is asked for once, says so, and comes with a press', async ({
  page,
}) => {
  const team = await makeTeam(page)
  for (const prompt of ['one', 'two', 'three', 'four', 'five'])
    await makeImages(page, team, { prompt: `${prompt} #sandbox:plain`, sample: 1 })
  const path = /\/api\/v1\/generations\?.*cursor=/
  let isBroken = true
  let asked = 0
  await page.route(path, (route) => {
    asked += 1
    return isBroken ? route.fulfill({ status: 400, json: {} }) : route.continue()
  })
  await openAlive(page, `${team}/create`)
  const failed = page.getByText('Couldn’t load more.')
  await expect(failed).toBeVisible()
  // what comes in meanwhile is no reason to ask again
  await makeImages(page, team, { prompt: 'six #sandbox:plain', sample: 1 })
  await expect(page.getByRole('article', { name: /^six/ }).getByRole('link', { name: /^Open/ })).toBeVisible()
  await expect(failed).toBeVisible()
  expect(asked).toBe(1)
  isBroken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('article', { name: /^one/ })).toBeVisible()
  expect(asked).toBe(2)
})
