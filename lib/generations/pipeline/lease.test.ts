import fs from 'node:fs'
import { expect, test } from 'vitest'
import { releasingLease } from '@/lib/generations/pipeline/lease'
import { STATUSES } from '@/lib/generations/status'

const read = (file: string) => fs.readFileSync(file, 'utf8')

test('lease.ts is the one file that writes the lease of a generation', () => {
  const files = ['lib', 'app', 'components', 'scripts']
    .flatMap((folder) =>
      fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.tsx?$/.test(file))
  const readers = ['lib/system/nodes.ts', 'scripts/doctor.ts']
  // a statement may be put together of the parts of several files, so the others do not even name a column of it
  const naming = files.filter((file) => /\blease(Owner|ExpiresAt)\b/.test(read(file)))
  expect(naming.toSorted()).toEqual(['lib/generations/pipeline/lease.ts', ...readers])
  const writes = /\b(UPDATE|SET)\b|\.(create|update|upsert)\w*\(/
  expect(readers.filter((file) => writes.test(read(file)))).toEqual([])
})

test('a lease lasts as long as its call is under way', () => {
  const released = { leaseOwner: null, leaseExpiresAt: null }
  const after = STATUSES.map((status) => [status, releasingLease(status)])
  expect(after).toEqual([
    ['queued', released],
    ['sending', {}],
    ['pending', {}],
    ['succeeded', released],
    ['failed', released],
    ['unknown', released],
    ['canceled', released],
  ])
})
