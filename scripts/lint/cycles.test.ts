import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/scripts/setup.mjs'

const FOLDERS = ['app', 'components', 'lib', 'sandbox', 'scripts', 'e2e']
const SPECIFIER = /\bfrom\s+'([^']+)'|\bimport\s*\(\s*'([^']+)'|^import\s+'([^']+)'/gm

/** The cycles of a graph, each once, by the files on it. Oxlint's own rule leaves types out. */
function cyclesOf(graph: Map<string, string[]>): string[] {
  const cycles: string[] = []
  const done = new Set<string>()
  const walk = (file: string, trail: string[]) => {
    const start = trail.indexOf(file)
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' → '))
    if (start >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file])
    done.add(file)
  }
  for (const file of graph.keys()) walk(file, [])
  return cycles
}

/** Every file of ours with those of ours that it imports: values, types, lazily, or to export them again. */
function readImports(): Map<string, string[]> {
  const files = new Set(
    FOLDERS.flatMap((folder) =>
      fs
        .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
        .map((name) => path.posix.join(folder, ...name.split(path.sep))),
    ),
  )
  const fileOf = (module: string) =>
    ['', '.ts', '.tsx', '.mjs'].map((end) => module + end).find((one) => files.has(one))
  return new Map(
    [...files].map((file) => {
      const text = fs.readFileSync(path.join(ROOT, file), 'utf8')
      return [file, importsOf(file, text).flatMap((one) => fileOf(one) ?? [])]
    }),
  )
}

/** What a file imports of ours, as paths from the root, written as they are imported. */
function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(SPECIFIER)].flatMap((found) => {
    const specifier = found[1] ?? found[2] ?? found[3] ?? ''
    if (specifier.startsWith('@/')) return specifier.slice(2)
    return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : []
  })
}

test('a cycle is found, a shared import is none', () => {
  const edges: [string, string[]][] = [
    ['a', ['b', 'c']],
    ['b', ['d']],
    ['c', ['d', 'e']],
    ['e', ['c']],
    ['d', []],
  ]
  expect(cyclesOf(new Map(edges))).toEqual(['c → e → c'])
})

test('types, what is exported again and what is loaded later count as imports; packages do not', () => {
  const text = [
    "import { a } from '@/lib/a'\nimport type { B } from '@/lib/b'\nimport './c.css'",
    "import {\n  e,\n} from '../e'\nexport { f } from '@/lib/f'\nexport * from './g.mjs'",
    "const d = () => import('@/lib/d').then((module) => module.D)\nimport { z } from 'zod'",
  ].join('\n')
  const modules = ['lib/a', 'lib/b', 'lib/x/c.css', 'lib/e', 'lib/f', 'lib/x/g.mjs', 'lib/d']
  expect(importsOf('lib/x/y.ts', text)).toEqual(modules)
})

test('no two files import each other, types and what is exported again included', () => {
  const imports = readImports()
  expect(imports.get('lib/account/sign-in.ts')).toContain('lib/account/new-device.ts')
  expect(cyclesOf(imports)).toEqual([])
})
