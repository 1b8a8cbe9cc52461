import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ROOT } from '@/e2e/support/child'
import { temporaryFolder } from '@/e2e/support/folders'
import { launch, launchSettings, type Launched } from '@/e2e/support/launcher'
import { OWNER } from '@/e2e/support/owner'
import { signInAt } from '@/e2e/support/sign-in'

vi.setConfig({ testTimeout: 300_000 }) // npm and a program for each command

const home = temporaryFolder()
fs.chmodSync(home, 0o711)
const backups = path.join(home, 'backups')
let settings: Record<string, string>
let studio: Launched
let slug: string

beforeAll(async () => {
  settings = { ...(await launchSettings(home)), SANDBOX_PAINTER: 'plain' }
  studio = launch(settings, home)
  await studio.isReady()
  const teams = await fetch(`${studio.url}/api/v1/teams`, { headers: { cookie: await signInAt(studio.url) } })
  const { items }: { items: { slug: string }[] } = await teams.json()
  slug = items[0]?.slug ?? ''
})
afterAll(async () => {
  studio?.child.kill('SIGTERM')
  await studio?.exited
})

type Ended = { code: number; lastLine: string; said: string }

/** In a shell, as a person types it. */
function type(command: string): Promise<Ended> {
  const env = { NODE_ENV: 'production' as const, PATH: process.env.PATH, HOME: process.env.HOME, ...settings }
  return new Promise((resolve) =>
    execFile('sh', ['-c', command], { cwd: ROOT, env }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0
      resolve({ code, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '', said: `${stdout}${stderr}` })
    }),
  )
}

const told = ['README.md', 'docs', 'components/account/sign-in-form.tsx', 'lib/platform/data-directory.ts']
  .flatMap((name) => (name === 'docs' ? manuals() : [name]))
  .map((file) => fs.readFileSync(path.join(ROOT, file), 'utf8'))
  .join('\n')

function manuals(): string[] {
  const names = fs.readdirSync(path.join(ROOT, 'docs'))
  return names.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)
}

/** Every command of the studio as it is told somewhere, to the end of its line or of its quotation. */
const commands = [
  ...new Set(
    [...told.matchAll(/npm run (?:-s studio -- [a-z-]+|seed:gallery -- --count)[^`#\n)'<]*/g)].map(([line]) =>
      line.trim(),
    ),
  ),
]

/** With an address, a team and a number that this studio has. */
const meant = (command: string) =>
  command
    .replace(/\S+@example\.com/, OWNER.email)
    .replace(/--team \S+/, `--team ${slug}`)
    .replace(/--count \d+/, '--count 8')
    .replace(/\/mnt\/\S+/, backups)
    .replace(/ backup$/, ` backup --to ${backups}`)
    .replace(/ > \S+$/, '') // what it would write is read here

const worksWith = async (key: string) =>
  (await fetch(`${studio.url}/api/v1/generations`, { headers: { 'x-api-key': key } })).status === 200

const isSignedIn = async (cookie: string) =>
  (await fetch(`${studio.url}/api/v1/me`, { headers: { cookie } })).status === 200

describe('beside a studio that runs', () => {
  const words = (start: string) => commands.filter((command) => command.includes(start)).map(meant)

  test('the commands that are told are these', () => {
    const kinds = [
      'api-key create',
      'person reset-password',
      'owner reset-password',
      'person reset-two-step',
      'owner reset-two-step',
      'audit --team',
      'adopt',
      '-- backup',
      '-- verify',
      '-- restore',
      'storage move', // with an object store: e2e/faults/object-store.fault.test.ts
      'doctor',
      'seed:',
    ]
    for (const kind of kinds) expect(words(kind)).not.toEqual([])
    expect(commands.filter((command) => !kinds.some((kind) => command.includes(kind)))).toEqual([])
  })

  test('a new password as the sign-in page says: it works, the old one and every session do not', async () => {
    let known = OWNER.password
    for (const command of [...words('person reset-password'), ...words('owner reset-password')]) {
      const cookie = await signInAt(studio.url, { ...OWNER, password: known })
      expect(await isSignedIn(cookie)).toBe(true)
      const { code, lastLine } = await type(command)
      expect([command, code]).toEqual([command, 0])
      expect(await isSignedIn(cookie)).toBe(false)
      await expect(signInAt(studio.url, { ...OWNER, password: known })).rejects.toThrow('could not sign in')
      known = lastLine
      expect(await isSignedIn(await signInAt(studio.url, { ...OWNER, password: known }))).toBe(true)
    }
  })

  test('an address that nobody has is one sentence', async () => {
    const { code, said } = await type('npm run -s studio -- person reset-password --email nobody@example.com')
    expect(code).toBe(1)
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(said).not.toMatch(/^\s+at /m)
  })

  test('a key: it stands alone on the last line and works at once', async () => {
    for (const command of words('api-key create')) {
      const { code, lastLine } = await type(command)
      expect([command, code, await worksWith(lastLine)]).toEqual([command, 0, true])
    }
  })

  test('the audit log of a team comes as a CSV', async () => {
    for (const command of words('audit --team')) {
      const { code, said } = await type(command)
      expect([command, code]).toEqual([command, 0])
      expect(said).toContain('time,act,person')
      expect(said).toContain(',person.signed_in,')
    }
  })

  test('backups are made, studio and backup are verified, and nothing is restored over a studio', async () => {
    for (const command of words('-- backup')) {
      const { code, said } = await type(command)
      expect([command, code, said]).toEqual([command, 0, expect.stringMatching(/^\S+: \d+ rows, \d+ files/m)])
    }
    for (const command of words('-- verify')) {
      const { code, lastLine } = await type(command)
      expect([command, code, lastLine]).toEqual([command, 0, expect.stringContaining('All is well')])
    }
    for (const command of words('-- restore')) {
      const { code, said } = await type(command)
      expect([command, code, said.trim()]).toEqual([
        command,
        1,
        expect.stringMatching(/^The database is not empty[^\n]*$/),
      ])
    }
  })

  test('the doctor finds nothing, a gallery is filled, and the data directory is not exchanged under a studio', async () => {
    for (const command of words('doctor')) expect(await type(command)).toMatchObject({ code: 0 })
    for (const command of words('seed:')) expect(await type(command)).toMatchObject({ code: 0 })
    for (const command of words('adopt')) {
      const { code, said } = await type(command)
      expect([code, said.trim()]).toEqual([1, 'A studio runs on this database: stop every one first.'])
    }
    expect((await fetch(`${studio.url}/api/health`)).status).toBe(200)
  })
})

test('without a studio that runs they work as well, and leave nothing running', async () => {
  studio.child.kill('SIGTERM')
  await studio.exited
  for (const command of ['doctor', 'data-directory adopt'])
    expect(await type(`npm run -s studio -- ${command}`)).toMatchObject({ code: 0 })
  const { code, said } = await type('npm run -s studio')
  expect([code, said]).toEqual([2, expect.stringMatching(/^Usage: npm run -s studio -- COMMAND/m)])
  expect(fs.existsSync(path.join(settings.STUDIO_DATA_DIR ?? '', 'postgres', 'postmaster.pid'))).toBe(false)
})
