import fs from 'node:fs'
import { expect, test } from 'vitest'
import { OPEN_SQL, UNDER_WAY_SQL } from '@/lib/generations/status-sql'

const migrations = fs
  .readdirSync('prisma/migrations', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.sql'))
  .map((file) => fs.readFileSync(`prisma/migrations/${file}`, 'utf8'))
  .join('\n')

test.each([
  ['Generation_in_flight_idx', UNDER_WAY_SQL],
  ['Generation_open_idx', OPEN_SQL],
])('states are listed in the words of the partial index %s, without a parameter', (index, states) => {
  const definition = migrations.split('\n').find((line) => line.includes(`CREATE INDEX "${index}"`))
  expect(definition).toContain(`WHERE "status" IN ${states.sql}`)
  expect(states.values).toEqual([])
})
