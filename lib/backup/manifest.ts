import { z } from 'zod'

/** Of what this program writes. It reads 1 as well, where every table was one file. */
export const FORMAT = 2

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const bytes = z.int().nonnegative()

const part = z.strictObject({
  file: z.string().regex(/^tables\/[A-Za-z]+(\.\d+)?\.copy\.gz$/),
  sizeBytes: bytes,
  sha256,
})
const named = {
  name: z.string().min(1),
  columns: z.array(z.string()).min(1),
  rows: z.int().nonnegative(),
}

/** Rows of one table as `COPY … TO STDOUT` writes them (text, UTF-8), compressed by gzip and cut into parts. */
const table = z.strictObject({ ...named, parts: z.array(part).min(1) })
const tableOfFormat1 = z
  .strictObject({ ...named, ...part.shape })
  .transform(({ file, sizeBytes, sha256, ...rest }) => ({ ...rest, parts: [{ file, sizeBytes, sha256 }] }))

/** What a backup holds, and what it takes to restore it. Files lie beside the backups, once each, by team and SHA-256. */
export const manifest = z.strictObject({
  format: z.literal([1, FORMAT]),
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
  tables: z.array(z.union([table, tableOfFormat1])).min(1),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string().regex(/^\d+$/) })),
  /** Files of the data directory that are no row's: answers that nobody has read yet, and what the sandbox remembers. */
  files: z.array(z.strictObject({ path: z.string(), sha256, sizeBytes: bytes })),
  /** Files of rows that were missing or damaged when it was made. */
  lost: z.array(z.strictObject({ teamId: z.uuid(), sha256, sizeBytes: bytes })),
  total: z.strictObject({ files: z.int().nonnegative(), sizeBytes: bytes, newBytes: bytes }),
})

export type Manifest = z.infer<typeof manifest>
export type Table = Manifest['tables'][number]
export type Part = Table['parts'][number]
