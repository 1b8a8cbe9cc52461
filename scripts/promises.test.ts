import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const filesIn = (folder: string, end: string) =>
  fs.readdirSync(path.join(root, folder)).flatMap((name) => (name.endsWith(end) ? [`${folder}/${name}`] : []))

const manuals = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', '.env.example', ...filesIn('docs', '.md')]
const sentences = ['messages/en', 'messages/ko'].flatMap((folder) => filesIn(folder, '.json'))
const shown = [...sentences, 'components/account/sign-in-form.tsx']

/** Every place that a pattern is found in the files, with what its group caught. */
const found = (files: string[], pattern: RegExp) =>
  files.flatMap((file) => [...read(file).matchAll(pattern)].map(([, caught = '']) => ({ file, caught })))

describe('what people are told to do', () => {
  test('names commands that there are', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
    const named = found([...manuals, ...shown], /npm run (?:-s |--silent )?([a-z][\w:-]*)/g)
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(({ caught }) => !(caught in scripts))).toEqual([])
  })

  test('names files that there are', () => {
    const madeByRuns = read('.gitignore').split('\n')
    const named = found(
      ['docs/ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'],
      /`((?:[a-z\d-]+\/)+[\w.-]*)`/g,
    ).filter(({ caught }) => !madeByRuns.includes(caught))
    expect(named.length).toBeGreaterThan(60)
    expect(named.filter(({ caught }) => !fs.existsSync(path.join(root, caught)))).toEqual([])
  })

  test('names commands of the studio that there are', () => {
    const usage = read('scripts/studio.ts')
    const named = found([...manuals, ...shown], /npm run -s studio -- ([a-z-]+(?: [a-z][a-z-]*)?)/g)
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter(({ caught }) => !usage.includes(`\n  ${caught} `))).toEqual([])
  })

  test('names pages of the settings that there are', () => {
    const { nav }: { nav: Record<string, string> } = JSON.parse(read('messages/en/settings.json'))
    const named = found([...manuals, ...sentences], /Settings → ([A-Z][\w &-]*\w)/g)
    expect(named.length).toBeGreaterThan(1)
    expect(named.filter(({ caught }) => !Object.values(nav).some((name) => caught.startsWith(name)))).toEqual(
      [],
    )
  })

  test('sends people for the key of Flamel to its page in the settings, and to the environment where it may be', () => {
    const title = (language: string): string =>
      JSON.parse(read(`messages/${language}/settings.json`)).connection.title
    for (const code of ['wrong_api_key', 'api_key_expired', 'not_logged_in'])
      for (const language of ['en', 'ko']) {
        const refusals: Record<string, { next: string }> = JSON.parse(
          read(`messages/${language}/refusals.json`),
        )
        for (const place of ['FLAMEL_API_KEY', title(language)])
          expect([code, refusals[code]?.next]).toEqual([code, expect.stringContaining(place)])
      }
  })

  test('says of a style of the sandbox that it is one', () => {
    const withSandboxStyles = manuals.filter((file) => /styleId['"]?: ?1(0[1-9]|1[0-2])\b/.test(read(file)))
    expect(withSandboxStyles.length).toBeGreaterThan(1)
    for (const file of withSandboxStyles)
      expect([file, read(file)]).toEqual([file, expect.stringMatching(/(style|styles)[^.]{0,60}sandbox/i)])
  })

  test('promises API routes that there are', () => {
    const routes = new Set(
      fs
        .readdirSync(path.join(root, 'app/api/v1'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('route.ts'))
        .map((file) => `/${path.dirname(file).replaceAll(/\[\w+\]/g, ':id')}`),
    )
    const named = found(
      ['docs/api.md'],
      /`(?:GET|POST|PATCH|DELETE|PUT)(?:`, `[A-Z]+)* (\/[a-z-]+(?:\/[a-z:-]+)*)`/g,
    )
    const ours = named.filter(({ caught }) => !/^\/(api|i|s)\//.test(caught))
    expect(ours.length).toBeGreaterThan(20)
    expect(ours.filter(({ caught }) => !routes.has(caught))).toEqual([])
  })
})
