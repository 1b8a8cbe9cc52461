import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const STATIC_IMPORT = /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm

/** What `file` imports before its first line runs, and what that imports: module names by the file that names them. */
function staticImports(file: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(file)) return seen
  const names = [...readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)].flatMap(([, name]) => name ?? [])
  seen.set(file, names)
  for (const name of names) if (name.startsWith('.')) staticImports(path.join(path.dirname(file), name), seen)
  return seen
}

test.each(['scripts/start.mjs', 'scripts/launch.mjs', 'scripts/test.mjs', 'scripts/setup.mjs'])(
  '%s runs in a fresh checkout: before the packages are there it imports Node’s own modules only',
  (entry) => {
    const imported = [...staticImports(entry)]
    expect(imported.length).toBeGreaterThan(entry === 'scripts/start.mjs' ? 0 : 1)
    for (const [file, names] of imported) {
      const packages = names.filter((name) => !/^(node:|\.)/.test(name) && name !== 'fs')
      expect({ file, packages }).toEqual({ file, packages: [] })
    }
  },
)
