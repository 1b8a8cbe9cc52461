import { z } from 'zod'

export const FORMAT = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const bytes = z.int().nonnegative()

/** Rows of one table as `COPY … TO STDOUT` writes them (text, UTF-8), compressed by gzip. `sha256` is the compressed file's. */
const table = z.strictObject({
  name: z.string().min(1),
  columns: z.array(z.string()).min(1),
  rows: z.int().nonnegative(),
  file: z.string().regex(/^tables\/[A-Za-z]+\.copy\.gz$/),
  sizeBytes: bytes,
  sha256,
})

/** What a backup holds, and what it takes to restore it. Files lie beside the backups, once each, by team and SHA-256. */
export const manifest = z.strictObject({
  format: z.literal(FORMAT),
  name: z.string(),
  /** The version of the studio that made it. */
  studio: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** The identity of the data directory (lib/platform/data-directory). */
  dataDirectory: z.uuid(),
  /** Tells whether a secret is the one that the rows are encrypted with, without saying it. */
  secretCheck: sha256,
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(table).min(1),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string().regex(/^\d+$/) })),
  /** Files of the data directory that are no row's: answers that nobody has read yet, and what the sandbox remembers. */
  files: z.array(z.strictObject({ path: z.string(), sha256, sizeBytes: bytes })),
  /** Files of rows that were missing or damaged when it was made. */
  lost: z.array(z.strictObject({ teamId: z.uuid(), sha256, sizeBytes: bytes })),
  total: z.strictObject({ files: z.int().nonnegative(), sizeBytes: bytes, newBytes: bytes }),
})

export type Manifest = z.infer<typeof manifest>
export type Table = Manifest['tables'][number]
