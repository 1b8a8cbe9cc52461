import { randomUUID } from 'node:crypto'
import {
  apiKey,
  budget,
  budgetRequest,
  campaignSet,
  create,
  generation,
  image,
  invitation,
  promptTemplate,
  reference,
  refusedGeneration,
  securedViewer,
  shareLink,
  style,
  teamBudget,
  theTeam,
  viewer,
  wholeTeamBudget,
  type Team,
  type Thing,
} from '@/e2e/support/authorization-things'
import { secondFactorRows } from '@/e2e/support/authorization-second-factor'
import { PASSWORD } from '@/e2e/support/people'
import type { Role, Scope } from '@/lib/access/roles'

/**
 * What people are told of one route, written apart from the roles that the code reads: the least role that may, the
 * scope a key needs, what the row acts on. `ok` is the answer to those who may.
 */
export type Row = {
  route: string
  least: Role
  scope: Scope
  ok: number
  thing?: Thing
  /** The caller's own thing instead of somebody else's. */
  isOwn?: boolean
  body?: (id: string, team: Team) => unknown
  /** A key never may, whatever its scopes. */
  isForPeople?: boolean
  /** The same of a route that knows keys: it refuses them like a role that may not. */
  refusesKeys?: boolean
  /** What a member of another team is told. */
  stranger?: number
  /** Its answer is or holds the bytes of an image: lib/images/revocation walks it. */
  hasImage?: boolean
  /** Its answer is an archive of what the person made, wherever they made it (lib/people/own-data). */
  hasOwnImages?: boolean
}

const see = { least: 'viewer', scope: 'read', ok: 200 } as const
/** With a wrong password: whoever signs in here again and again keeps address and account. */
const wrong = { ...see, ok: 401, isForPeople: true } as const
const make = { least: 'member', scope: 'generate', ok: 200 } as const
const administer = { least: 'admin', scope: 'manage', ok: 200 } as const
const own = { least: 'owner', scope: 'manage', ok: 200 } as const
/** For what is one's own or, as an admin, anybody's: the two halves of the table's third row. */
const mine = { ...make, isOwn: true } as const
const anybodys = { least: 'admin', scope: 'generate', ok: 200 } as const

/** Both halves of that row. */
const mineAndAnybodys = (row: Pick<Row, 'route' | 'thing' | 'body'> & { ok?: number }): Row[] => [
  { ...mine, ...row },
  { ...anybodys, ...row },
]

export const rows: Row[] = [
  { route: 'GET /api/v1/generations', ...see },
  { route: 'POST /api/v1/generations', ...make, ok: 202, body: () => create },
  { route: 'GET /api/v1/generations/[id]', ...see, thing: generation('queued') },
  ...mineAndAnybodys({ route: 'POST /api/v1/generations/[id]/cancellation', thing: generation('queued') }),
  ...mineAndAnybodys({
    route: 'POST /api/v1/generations/[id]/resolution',
    thing: generation('unknown'),
    body: () => ({ resolution: 'not_charged' }),
  }),
  ...mineAndAnybodys({ route: 'POST /api/v1/generations/[id]/publication', thing: generation('queued') }),
  ...mineAndAnybodys({ route: 'POST /api/v1/generations/[id]/dismissal', thing: refusedGeneration }),
  ...mineAndAnybodys({ route: 'DELETE /api/v1/generations/[id]/dismissal', thing: refusedGeneration }),
  { route: 'GET /api/v1/generations/[id]/answer', ...administer, thing: refusedGeneration, hasImage: true },
  { route: 'POST /api/v1/generations/[id]/priority', ...administer, thing: generation('queued') },
  { route: 'GET /api/v1/queue', ...see },
  { route: 'GET /api/v1/usage', ...see },
  { route: 'GET /api/v1/teams/[id]/usage.csv', ...see, thing: theTeam },
  { route: 'PATCH /api/v1/queue', ...administer, body: () => ({ mode: 'paused' }) },
  { route: 'POST /api/v1/prompts/enhance', ...make, ok: 503, body: () => ({ text: '감나무' }) },
  {
    route: 'POST /api/v1/prompts/describe',
    ...make,
    ok: 503,
    body: () => ({ image: '1/reference-1423131.png', language: 'ko' }),
  },
  { route: 'GET /api/v1/campaign-sets', ...see },
  {
    route: 'POST /api/v1/campaign-sets',
    ...make,
    ok: 202,
    body: () => ({ name: '봄', prompt: '감나무', ratios: ['1:1', '9:16'], styles: [101] }),
  },
  { route: 'GET /api/v1/campaign-sets/[id]', ...see, thing: campaignSet },
  ...mineAndAnybodys({ route: 'POST /api/v1/campaign-sets/[id]/pause', thing: campaignSet }),
  ...mineAndAnybodys({ route: 'DELETE /api/v1/campaign-sets/[id]/pause', thing: campaignSet }),
  ...mineAndAnybodys({ route: 'POST /api/v1/campaign-sets/[id]/publication', thing: campaignSet }),
  ...mineAndAnybodys({ route: 'POST /api/v1/campaign-sets/[id]/retry', thing: campaignSet }),
  ...mineAndAnybodys({ route: 'POST /api/v1/campaign-sets/[id]/cancellation', thing: campaignSet }),
  { route: 'GET /api/v1/prompts/history', ...see },
  { route: 'GET /api/v1/prompt-templates', ...see },
  {
    route: 'POST /api/v1/prompt-templates',
    ...make,
    ok: 201,
    body: () => ({ name: randomUUID(), text: '{product} on stone' }),
  },
  { route: 'GET /api/v1/prompt-templates/[id]', ...see, thing: promptTemplate },
  ...mineAndAnybodys({
    route: 'PATCH /api/v1/prompt-templates/[id]',
    thing: promptTemplate,
    body: () => ({ text: 'x' }),
  }),
  ...mineAndAnybodys({ route: 'DELETE /api/v1/prompt-templates/[id]', ok: 204, thing: promptTemplate }),
  { route: 'POST /api/v1/prompt-templates/[id]/uses', ...make, ok: 204, thing: promptTemplate },
  { route: 'GET /api/v1/credits', ...see },
  { route: 'GET /api/v1/budgets', ...administer },
  { route: 'PUT /api/v1/budgets', ...administer, body: () => teamBudget },
  { route: 'DELETE /api/v1/budgets/[id]', ...administer, ok: 204, thing: budget },
  { route: 'PUT /api/v1/budgets/time-zone', ...administer, body: () => ({ timeZone: 'Asia/Seoul' }) },
  { route: 'GET /api/v1/budget-requests', ...see },
  {
    route: 'POST /api/v1/budget-requests',
    ...make,
    ok: 201,
    body: (id) => ({ budgetId: id }),
    thing: wholeTeamBudget,
  },
  { route: 'GET /api/v1/budget-requests/[id]', ...see, isOwn: true, thing: budgetRequest },
  {
    route: 'POST /api/v1/budget-requests/[id]/decision',
    ...administer,
    thing: budgetRequest,
    body: () => ({ answer: 'granted', amount: 5 }),
  },
  { route: 'GET /api/v1/events', ...see },

  { route: 'GET /api/v1/images', ...see },
  {
    route: 'PATCH /api/v1/images',
    ...make,
    thing: image,
    body: (id) => ({ ids: [id], favourite: true }),
  },
  { route: 'GET /api/v1/images/[id]', ...see, thing: image },
  { route: 'PATCH /api/v1/images/[id]', ...make, thing: image, body: () => ({ favourite: true }) },
  ...mineAndAnybodys({ route: 'DELETE /api/v1/images/[id]', ok: 204, thing: image }),
  { route: 'GET /api/v1/images/counts', ...see },
  { route: 'GET /api/v1/images/[id]/neighbours', ...see, thing: image },
  { route: 'POST /api/v1/images/trash', ...mine, thing: image, body: (id) => ({ ids: [id] }) },
  { route: 'POST /api/v1/images/trash', ...anybodys, thing: image, body: (id) => ({ ids: [id] }) },
  { route: 'POST /api/v1/images/restoration', ...mine, thing: image, body: (id) => ({ ids: [id] }) },
  { route: 'POST /api/v1/images/restoration', ...anybodys, thing: image, body: (id) => ({ ids: [id] }) },

  { route: 'GET /api/v1/styles', ...see },
  {
    route: 'POST /api/v1/styles',
    ...administer,
    ok: 201,
    body: () => ({ styleId: Math.floor(Math.random() * 2 ** 40), nameEn: 'x' }),
  },
  { route: 'GET /api/v1/styles/[id]', ...see, thing: style },
  { route: 'PATCH /api/v1/styles/[id]', ...administer, thing: style, body: () => ({ hidden: true }) },
  { route: 'POST /api/v1/styles/[id]/favourite', ...make, thing: style },
  { route: 'DELETE /api/v1/styles/[id]/favourite', ...make, thing: style },
  { route: 'GET /api/v1/styles/[id]/thumbnail', ...see, ok: 404, thing: style, hasImage: true },
  {
    route: 'POST /api/v1/styles/[id]/thumbnail',
    ...administer,
    ok: 404,
    thing: style,
    body: () => ({ imageId: randomUUID() }),
  },
  { route: 'DELETE /api/v1/styles/[id]/thumbnail', ...administer, thing: style },
  {
    route: 'POST /api/v1/styles/import',
    ...administer,
    body: () => ({ format: 'json', content: '[]', mode: 'preview' }),
  },

  { route: 'GET /api/v1/references', ...see },
  { route: 'POST /api/v1/references', ...make, ok: 201, body: () => ({ path: `1/${randomUUID()}.png` }) },
  { route: 'GET /api/v1/references/[id]', ...see, thing: reference },
  { route: 'GET /api/v1/references/[id]/bytes', ...see, ok: 404, thing: reference, hasImage: true },
  ...mineAndAnybodys({ route: 'DELETE /api/v1/references/[id]', ok: 204, thing: reference }),
  ...mineAndAnybodys({ route: 'POST /api/v1/references/[id]/restoration', thing: reference }),

  { route: 'GET /api/v1/share-links', ...see },
  {
    route: 'POST /api/v1/share-links',
    ...mine,
    ok: 201,
    thing: image,
    body: (id) => ({ target: { kind: 'image', id } }),
  },
  { route: 'GET /api/v1/share-links/[id]', ...see, thing: shareLink },
  { route: 'PATCH /api/v1/share-links/[id]', ...mine, thing: shareLink, body: () => ({ title: 'x' }) },
  { route: 'PATCH /api/v1/share-links/[id]', ...anybodys, thing: shareLink, body: () => ({ title: 'x' }) },
  ...mineAndAnybodys({ route: 'POST /api/v1/share-links/[id]/revocation', thing: shareLink }),

  { route: 'GET /api/v1/me', ...see, isForPeople: true },
  { route: 'PATCH /api/v1/me', ...see, isForPeople: true, body: () => ({ theme: 'dark' }) },
  {
    route: 'POST /api/v1/me/password',
    ...see,
    ok: 204,
    isForPeople: true,
    body: () => ({ current: PASSWORD, next: PASSWORD }),
  },
  ...secondFactorRows,
  { route: 'GET /api/v1/notifications', ...see, isForPeople: true },
  { route: 'POST /api/v1/notifications', ...see, ok: 204, isForPeople: true },
  { route: 'POST /api/v1/me/email', ...wrong, body: () => ({ email: 'new@example.test', password: 'no' }) },
  { route: 'POST /api/v1/me/deletion', ...wrong, body: () => ({ password: 'no' }) },
  { route: 'GET /api/v1/me/data', ...see, isForPeople: true, hasOwnImages: true },
  { route: 'GET /api/v1/sessions', ...see, isForPeople: true },
  { route: 'DELETE /api/v1/sessions', ...see, ok: 204, isForPeople: true },
  {
    route: 'DELETE /api/v1/sessions/[id]',
    ...see,
    ok: 404,
    isForPeople: true,
    thing: async () => randomUUID(),
  },
  { route: 'GET /api/v1/teams', ...see, isForPeople: true },
  { route: 'POST /api/v1/teams', ...own, ok: 201, isForPeople: true, body: () => ({ name: 'Second' }) },
  { route: 'GET /api/v1/teams/[id]', ...see, thing: theTeam },
  { route: 'PATCH /api/v1/teams/[id]', ...own, thing: theTeam, body: () => ({ name: 'Renamed' }) },
  { route: 'DELETE /api/v1/teams/[id]', ...own, ok: 422, thing: theTeam },
  {
    route: 'POST /api/v1/teams/[id]/transfer',
    ...own,
    ok: 404,
    thing: theTeam,
    body: () => ({ userId: randomUUID() }),
  },
  // an owner without a second factor cannot demand one
  {
    route: 'POST /api/v1/teams/[id]/second-factor-demand',
    ...own,
    ok: 409,
    thing: theTeam,
    refusesKeys: true,
  },
  {
    route: 'DELETE /api/v1/teams/[id]/second-factor-demand',
    ...own,
    ok: 204,
    thing: theTeam,
    refusesKeys: true,
  },

  { route: 'GET /api/v1/members', ...see },
  { route: 'PATCH /api/v1/members/[id]', ...administer, thing: viewer, body: () => ({ role: 'member' }) },
  { route: 'DELETE /api/v1/members/[id]', ...administer, ok: 204, thing: viewer },
  { route: 'POST /api/v1/members/[id]/password-link', ...administer, thing: viewer, isForPeople: true },
  {
    route: 'POST /api/v1/members/[id]/second-factor-reset',
    ...administer,
    ok: 204,
    thing: securedViewer,
    refusesKeys: true,
  },
  { route: 'GET /api/v1/members/[id]/holdings', ...administer, thing: viewer },
  { route: 'GET /api/v1/invitations', ...administer },
  { route: 'POST /api/v1/invitations', ...administer, ok: 201, body: () => ({ role: 'viewer' }) },
  {
    route: 'POST /api/v1/invitations/batch',
    ...administer,
    body: () => ({ role: 'viewer', emails: [`${randomUUID()}@example.test`] }),
  },
  // this test has no mail server: those who may are told so
  { route: 'POST /api/v1/invitations/[id]/mail', ...administer, ok: 409, thing: invitation },
  { route: 'DELETE /api/v1/invitations/[id]', ...administer, ok: 204, thing: invitation },
  { route: 'GET /api/v1/invitations/[id]/link', ...administer, thing: invitation },
  { route: 'GET /api/v1/api-keys', ...make },
  {
    route: 'POST /api/v1/api-keys',
    ...make,
    ok: 201,
    isForPeople: true,
    body: () => ({ name: 'k', scopes: ['read'] }),
  },
  { route: 'DELETE /api/v1/api-keys/[id]', ...mine, ok: 204, thing: apiKey },

  { route: 'GET /api/v1/sign-in-policy', ...administer },
  {
    route: 'PATCH /api/v1/sign-in-policy',
    ...own,
    refusesKeys: true,
    body: () => ({ joinDomains: ['onda.example'] }),
  },
  { route: 'GET /api/v1/me/linked-accounts', ...see, isForPeople: true },
  // they bring no account along
  { route: 'POST /api/v1/me/linked-accounts', ...see, ok: 404, isForPeople: true },
  {
    route: 'DELETE /api/v1/me/linked-accounts/[id]',
    ...see,
    ok: 404,
    isForPeople: true,
    thing: async () => randomUUID(),
  },
  { route: 'GET /api/v1/audit', ...administer },
  { route: 'GET /api/v1/connection', ...see },
  { route: 'PATCH /api/v1/connection', ...own, isForPeople: true, body: () => ({ choice: 'server' }) },
  // no Flamel is there: who may is told that it did not answer the test of the key
  {
    route: 'PUT /api/v1/connection/key',
    ...own,
    ok: 503,
    isForPeople: true,
    body: () => ({ scope: 'own', key: 'flm-key-of-a-test' }),
  },
  { route: 'DELETE /api/v1/connection/key', ...own, ok: 404, isForPeople: true }, // there is none
  { route: 'GET /api/v1/teams/[id]/audit.csv', ...administer, thing: theTeam },
  { route: 'GET /api/v1/system', ...administer },
  { route: 'POST /api/v1/system/key-check', ...administer },
  { route: 'POST /api/v1/system/mail-test', ...administer, ok: 409 },
  // no sandbox runs beside this test: those who may are told that it does not answer
  { route: 'GET /api/v1/system/sandbox', ...administer, ok: 503 },
  { route: 'PATCH /api/v1/system/sandbox', ...administer, ok: 503, body: () => ({ provoke: null }) },
  { route: 'DELETE /api/v1/system/sandbox', ...administer, ok: 503 },

  {
    route: 'POST /api/images/create',
    ...make,
    ok: 400,
    stranger: 401,
    body: () => ({ prompt: '' }),
    hasImage: true,
  },
  { route: 'GET /api/users/me', ...see, stranger: 401 },
  {
    route: 'GET /api/images/[id]',
    ...see,
    ok: 404,
    stranger: 401,
    thing: async () => '123456',
    hasImage: true,
  },
]
