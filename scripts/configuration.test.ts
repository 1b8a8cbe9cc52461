import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseEnv } from '@/lib/platform/env'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name).sort()

const known = names(read('lib/platform/env.ts'), /^ {2,4}([A-Z\d_]+):/gm)

test('every variable is documented, and no other', () => {
  expect(known.length).toBeGreaterThan(10)
  expect(names(read('docs/configuration.md'), /^\| `([A-Z\d_]+)`/gm)).toEqual(known)
  expect(names(read('.env.example'), /^# ([A-Z\d_]+)=/gm)).toEqual(known)
})

test('the documented defaults are the real ones', () => {
  const defaults: Record<string, unknown> = parseEnv({})
  for (const [, name, value] of read('docs/configuration.md').matchAll(
    /^\| `([A-Z\d_]+)`\s*\| `([^`]+)`\s*\|/gm,
  ))
    expect([name, String(defaults[name ?? ''])]).toEqual([name, value])
})
