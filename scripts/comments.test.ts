import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const folders = ['app', 'components', 'docs', 'e2e', 'lib', 'messages', 'prisma', 'sandbox', 'scripts']
const written = /\.(?:tsx?|m[jt]s|prisma|css)$/
const comment = /\/\*[^]*?\*\/|(?<=^|\s)\/\/.*/gm
/** A folder's name in parentheses is one of the router's groups. */
const segment = String.raw`(?:\([\w-]+\)|[\w[\]-]+(?:\.[\w[\]-]+)*)`
const named = new RegExp(String.raw`(?<![\w/@.$}-])(?:${folders.join('|')})(?:/${segment})+`, 'g')
const ends = ['', '.ts', '.tsx', '.mjs', '.md', '.css']

test('names in comments the files that there are', () => {
  const here = fs.readdirSync(root).map((name) => ({ folder: '.', name }))
  const below = folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => ({ folder, name })),
  )
  const files = [...here, ...below]
    .map(({ folder, name }) => path.join(folder, name))
    .filter((file) => written.test(file) && !file.startsWith('prisma/generated'))
  const paths = files.flatMap((file) =>
    [...fs.readFileSync(path.join(root, file), 'utf8').matchAll(comment)].flatMap(([said]) =>
      [...said.matchAll(named)].map(([where]) => ({ file, where })),
    ),
  )
  expect(paths.length).toBeGreaterThan(60)
  expect(
    paths.filter(({ where }) => !ends.some((end) => fs.existsSync(path.join(root, where + end)))),
  ).toEqual([])
})
