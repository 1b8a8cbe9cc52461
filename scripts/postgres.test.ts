import { expect, test } from 'vitest'
import { memorySettings } from '@/scripts/postgres.mjs'

const GB = 1024 ** 3

test.each([
  ['a container of 256 MB', GB / 4, '64MB', '128MB'],
  ['1 GB', GB, '128MB', '512MB'],
  ['4 GB', 4 * GB, '512MB', '2048MB'],
  ['24 GB', 24 * GB, '1024MB', '12288MB'],
])('the embedded PostgreSQL fits %s', (_name, bytes, shared_buffers, effective_cache_size) => {
  expect(memorySettings(bytes)).toEqual({ shared_buffers, effective_cache_size })
})
