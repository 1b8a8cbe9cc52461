import { expect, type Browser, type Page } from '@playwright/test'
import { makeApp } from './support/authenticator'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { GUEST_PASSWORD } from './support/guest'
import { SECOND_OWNER } from './support/owner'
import { prefer } from './support/seeded-studio'
import { signInAt } from './support/sign-in'
import { openWithoutScripts } from './support/held-requests'
import { shiftsOf, watchShifts } from './support/layout-shifts'

/** The studio that offers all the ways; each test has a team and people of its own. */
const STUDIO = `http://localhost:${process.env.E2E_QUIET_PORT}`
test.use({ baseURL: STUDIO })

const unique = (name: string) => `${name}-${Date.now()}-${Math.floor(Math.random() * 1e6)}`

type Team = { slug: string; id: string; invite: (role?: string) => Promise<string> }

/** A team of the owner's, over the API: another test may be in the owner's browser. */
async function makeTeam(): Promise<Team & { call: Awaited<ReturnType<typeof callerOf>> }> {
  const call = await callerOf(SECOND_OWNER)
  const { slug, id } = await call('POST', '/api/v1/teams', { name: unique('Onda') })
  const invite = async (role = 'member') =>
    (await call('POST', '/api/v1/invitations', { role }, slug)).path as string // the link's own shape
  return { slug, id, invite, call }
}

async function callerOf(person: { email: string; password: string }) {
  const cookie = await signInAt(STUDIO, person)
  return async (method: string, path: string, data?: object, team = '') => {
    const answer = await fetch(`${STUDIO}${path}`, {
      method,
      body: data && JSON.stringify(data),
      headers: {
        ...{ cookie, origin: STUDIO, 'content-type': 'application/json' },
        ...(team && { 'x-studio-team': team }),
      },
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.status === 204 ? {} : answer.json()
  }
}

/** A member with a password, and their page of the profile. */
async function joinWithPassword(browser: Browser, team: Team, email: string) {
  const page = await visit(browser)
  await page.goto(await team.invite())
  await page.getByLabel('Full name').fill('Minji')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.waitForURL(`**/t/${team.slug}/create`)
  return page
}

async function visit(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: STUDIO, locale: 'en-US' })
  return context.newPage()
}

/** A sentence with names in it, whatever marks set them apart in their direction. */
const saying = (text: string) =>
  new RegExp(
    text
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .split(' ')
      .join('[\\u2066-\\u2069]? [\\u2066-\\u2069]?'),
  )

/** Presses a provider's button and says there who one is. */
async function goThrough(page: Page, provider: string, login: string) {
  await page.getByRole('button', { name: saying(`Continue with ${provider}`) }).click()
  await sayWho(page, login)
}

async function sayWho(page: Page, login: string) {
  await page.getByRole('textbox', { name: 'Account' }).fill(login)
  await page.getByRole('button', { name: /^Sign in at / }).click()
}

test('an invited person joins with the company’s identity provider and comes back with it', async ({
  browser,
}) => {
  const team = await makeTeam()
  const login = `${unique('minji')}@onda.example`
  const page = await visit(browser)
  const link = await team.invite()
  await page.goto(link)
  await goThrough(page, 'Onda ID', login)
  await page.waitForURL(`**/t/${team.slug}/create`)

  await page.goto(`/t/${team.slug}/settings/profile`)
  const accounts = page.locator('#linked-accounts')
  await expect(accounts.getByRole('listitem')).toContainText(login)
  await expect(accounts.getByText('Your only way to sign in')).toBeVisible()
  await expect(page.getByText('You sign in with a linked account and have no password.')).toBeVisible()

  await page.context().clearCookies()
  await page.goto(`/t/${team.slug}/gallery`)
  await page.waitForURL('**/sign-in?next=*')
  await goThrough(page, 'Onda ID', login)
  await page.waitForURL(`**/t/${team.slug}/gallery`)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This invitation is no longer valid' })).toBeVisible()
})

for (const provider of ['Google', 'Kakao', 'Naver', 'GitHub']) {
  test(`a member links ${provider} from the profile, signs in with it, and unlinks it`, async ({
    browser,
  }) => {
    const team = await makeTeam()
    const login = `${unique('doyun')}@onda.example`
    const page = await joinWithPassword(browser, team, login)
    await page.goto(`/t/${team.slug}/settings/profile`)
    await page.getByRole('button', { name: saying(`Link ${provider}`) }).click()
    await sayWho(page, login)
    await page.waitForURL('**/settings/profile?linked=yes')
    await expect(page.getByText('Account linked.')).toBeVisible()

    await page.context().clearCookies()
    await page.goto('/sign-in')
    await goThrough(page, provider, login)
    await page.waitForURL(`**/t/${team.slug}/create`)

    await page.goto(`/t/${team.slug}/settings/profile`)
    await page.getByRole('button', { name: saying(`Unlink ${provider}`) }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click()
    await expect(page.getByText('No account is linked yet.')).toBeVisible()
    await page.context().clearCookies()
    await page.goto('/sign-in')
    await goThrough(page, provider, `${login}#again`)
    await page.waitForURL(/\/sign-in\/(unknown|link)/)
  })
}

test('a member whose address the provider vouches for links it with their password, once', async ({
  browser,
}) => {
  const team = await makeTeam()
  const login = `${unique('harin')}@onda.example`
  const member = await joinWithPassword(browser, team, login)
  await member.context().close()
  const page = await visit(browser)
  await watchShifts(page.context())
  await page.goto(`/sign-in?next=/t/${team.slug}/gallery`)
  await goThrough(page, 'Onda ID', login)
  await expect(page.getByRole('heading', { name: saying('Link your Onda ID account') })).toBeVisible()
  expect(await shiftsOf(page), 'a press lands where it was meant').toEqual([])
  await expect(page.getByLabel('Email')).toHaveValue(login)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Link and sign in' }).click()
  await expect(page.getByText('Incorrect email or password.')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD)
  await page.getByRole('button', { name: 'Link and sign in' }).click()
  await page.waitForURL(`**/t/${team.slug}/gallery`)

  await page.context().clearCookies()
  await page.goto('/sign-in')
  await goThrough(page, 'Onda ID', login)
  await page.waitForURL(`**/t/${team.slug}/create`)
})

test('who has two-step sign-in is asked for the code after the provider, too', async ({ browser }) => {
  const team = await makeTeam()
  const login = `${unique('sua')}@onda.example`
  const page = await visit(browser)
  await page.goto(await team.invite())
  await goThrough(page, 'Onda ID', login)
  await page.waitForURL(`**/t/${team.slug}/create`)
  const setUp = async (path: string, data: object) => {
    const url = `/api/v1/me/second-factor/totp${path}`
    return (await page.request.post(url, { data, headers: { origin: STUDIO } })).json()
  }
  const { token, secret } = await setUp('', {})
  const app = makeApp(secret)
  expect((await setUp('/confirmation', { token, code: app.code() })).recoveryCodes.length).toBe(10)

  await page.context().clearCookies()
  await page.goto(`/t/${team.slug}/gallery`)
  await goThrough(page, 'Onda ID', login)
  await expect(page.getByRole('heading', { name: 'Two-step sign-in' })).toBeVisible()
  await page.goto(`/t/${team.slug}/gallery`)
  await page.waitForURL('**/sign-in?next=*') // half is not in
  await page.getByRole('button', { name: saying('Continue with Onda ID') }).click() // which knows them by now
  await page.getByLabel('6-digit code').fill(app.code())
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`**/t/${team.slug}/gallery`)
})

test('who is nobody here is told whom to ask; who turns back may try again', async ({ browser }) => {
  const page = await visit(browser)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: saying('Continue with Kakao') }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Sign-in didn’t finish. Try again.')).toBeVisible()
  const login = `${unique('stranger')}@elsewhere.example`
  await goThrough(page, 'Kakao', login)
  await page.waitForURL('**/sign-in/unknown')
  await expect(page.getByText(saying(`You’re signed in to Kakao as ${login}`))).toBeVisible()
  await expect(page.getByText('Ask an owner or admin of your team for an invite link')).toBeVisible()
  await page.getByRole('link', { name: 'Back to sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Flamel Studio' })).toBeVisible()
})

test('an owner lets a domain in, then takes the password from members, and keeps their own', async ({
  browser,
}) => {
  const team = await makeTeam()
  const domain = `${unique('onda')}.example`
  const owner = await visit(browser)
  await owner.goto(`/sign-in?next=/t/${team.slug}/settings/security`)
  await owner.getByLabel('Email').fill(SECOND_OWNER.email)
  await owner.getByLabel('Password', { exact: true }).fill(SECOND_OWNER.password)
  await owner.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(owner.getByText('someone in this team has to sign in with it first')).toBeVisible()
  const domains = owner.getByLabel('Email domains')
  const { letThrough } = await openWithoutScripts(owner, owner.url())
  await domains.fill('gmail.com')
  letThrough()
  await expect(owner.getByText(saying('Anyone can have an address at gmail.com'))).toBeVisible()
  await domains.fill(domain)
  await owner.getByRole('button', { name: 'Save' }).click()
  await expect(owner.getByText('Saved')).toBeVisible()
  const again = await openWithoutScripts(owner, owner.url())
  await domains.fill(`${domain}, harbour.example`)
  again.letThrough()
  await expect(owner.getByRole('button', { name: 'Save' })).toBeEnabled()
  await expect(domains).toHaveValue(`${domain}, harbour.example`)

  const page = await visit(browser)
  await page.goto('/sign-in')
  await goThrough(page, 'Google', `minji@${domain}`)
  await page.waitForURL(`**/t/${team.slug}/create`)

  const member = await joinWithPassword(browser, team, `${unique('jun')}@onda.example`)
  const email = await profileEmail(member, team.slug)
  await owner.reload()
  await owner.getByRole('switch', { name: 'Require single sign-on' }).locator('xpath=ancestor::label').click()
  await expect(owner.getByRole('dialog')).toContainText('1 member has no linked account yet')
  await owner.getByRole('dialog').getByRole('button', { name: 'Require single sign-on' }).click()
  await expect(owner.getByRole('switch', { name: 'Require single sign-on' })).toBeChecked()

  await member.context().clearCookies()
  await member.goto('/sign-in')
  await member.getByLabel('Email').fill(email)
  await member.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD)
  await member.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(member.getByText('Your team requires single sign-on.')).toBeVisible()
  await goThrough(member, 'Onda ID', email)
  await member.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD)
  await member.getByRole('button', { name: 'Link and sign in' }).click()
  await member.waitForURL(`**/t/${team.slug}/create`)
  await signInAt(STUDIO, SECOND_OWNER)
})

async function profileEmail(page: Page, slug: string): Promise<string> {
  await page.goto(`/t/${slug}/settings/profile`)
  return page.getByLabel('Email', { exact: true }).inputValue()
}

test('the pages of these ways are readable by everybody, in both languages and themes', async ({
  page,
  context,
}) => {
  const login = `${unique('axe')}@elsewhere.example`
  await page.goto('/sign-in')
  await goThrough(page, 'GitHub', login)
  await page.waitForURL('**/sign-in/unknown')
  for (const [locale, theme] of [
    ['ko', 'light'],
    ['en', 'dark'],
  ] as const) {
    await prefer(context, { locale, theme })
    for (const path of ['/sign-in', '/sign-in/unknown']) {
      await page.goto(path)
      expect(await findings(page)).toEqual([])
    }
  }
})
