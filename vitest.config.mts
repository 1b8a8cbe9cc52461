import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const alias = { 'server-only': path.join(root, 'e2e/support/empty.ts'), '@': root }
const exclude = ['**/node_modules/**', '**/.next*/**', 'data/**']

/**
 * A test's file name says what it needs: `*.test.ts` nothing, `*.db.test.ts` a database of its own,
 * `*.fault.test.ts` the built product in processes of its own, `*.scale.test.ts` servers that not every machine has.
 */
export default defineConfig({
  resolve: { alias },
  css: { postcss: {} }, // a page under test imports styles; postcss.config.mjs is written as Next reads it
  test: {
    expect: { poll: { timeout: 20_000 } }, // one second is little on a busy machine
    // tests of a database wait for it, and for the clock, a quarter of their time
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false, // a process evaluates what they import once, not for each file
          include: ['**/*.test.{ts,tsx}'],
          exclude: [
            ...exclude,
            '**/*.db.test.ts',
            '**/*.fault.test.ts',
            '**/*.scale.test.ts',
            '**/*.webkit.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.db.test.ts'],
          exclude,
          globalSetup: ['e2e/support/database-server.ts'],
          setupFiles: ['e2e/support/database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['**/*.fault.test.ts'],
          exclude,
          // most of them wait for a lease to end or a process to start
          maxWorkers: 3,
          globalSetup: ['e2e/support/database-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'scale',
          include: ['**/*.scale.test.ts', 'lib/platform/blob-store.test.ts', 'lib/backup/place.test.ts'],
          exclude,
          fileParallelism: false, // each has servers of its own
          globalSetup: ['e2e/support/database-server.ts', 'e2e/support/object-store-server.ts'],
          setupFiles: ['e2e/support/database.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'webkit',
          include: ['**/*.webkit.test.ts'],
          exclude,
          globalSetup: ['e2e/support/database-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
