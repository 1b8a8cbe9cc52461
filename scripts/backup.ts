import type { Copied } from '@/lib/backup/copy'
import { restore } from '@/lib/backup/restore'
import { backUp } from '@/lib/backup/server'
import { verifyBackup, verifyStudio, type Progress, type Verified } from '@/lib/backup/verify'
import { directUrl } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { migrate } from '@/scripts/migrate.mjs'

export type Command = () => Promise<number>
export type BackupValues = {
  to?: string
  from?: string
  backup?: string
  'accept-loss'?: boolean
  'remove-strays'?: boolean
}

const TELL_MS = 2_000
const SHOWN_FAULTS = 20

/** The shell's commands about backups: undefined where one lacks an option. */
export function backupCommands(values: BackupValues): Record<string, Command | undefined> {
  const { to = env().BACKUP_DIR, from, backup: name } = values
  return {
    backup: to ? () => makeBackup(to) : noPlace,
    restore: from
      ? () => restoreFrom(from, { name, acceptsLoss: values['accept-loss'] ?? false })
      : undefined,
    verify: verifyCommand(values),
  }
}

function verifyCommand({ from, backup: name, 'remove-strays': removesStrays = false }: BackupValues) {
  if (from) return removesStrays ? undefined : () => verify((tell) => verifyBackup(from, { name, tell }))
  return name ? undefined : () => verify((tell) => verifyStudio(tell, { removesStrays }))
}

async function noPlace(): Promise<number> {
  console.error('Where to? Set BACKUP_DIR, or say --to FOLDER or --to s3://BUCKET/PREFIX.')
  return 2
}

async function makeBackup(address: string): Promise<number> {
  const tell = sometimes()
  const say = ({ files, newBytes }: Copied) =>
    tell(() => `${files} files, ${megabytes(newBytes)} of them new …`)
  const made = await backUp({ address, keep: env().BACKUP_KEEP, say })
  if (!made) {
    console.error('A backup is being made already.')
    return 1
  }
  const { name, tables, total, lost } = made
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  console.log(
    `${name}: ${rows} rows, ${total.files} files (${megabytes(total.sizeBytes)}, new ${megabytes(total.newBytes)}).`,
  )
  console.log(
    'The secret is not in it: keep STUDIO_SECRET, or the file `secret` of the data directory, elsewhere.',
  )
  if (lost.length === 0) return 0
  console.error(`${lost.length} files are missing or damaged here and not in it: \`verify\` names them.`)
  return 1
}

async function restoreFrom(
  address: string,
  { name, acceptsLoss }: { name?: string; acceptsLoss: boolean },
): Promise<number> {
  const made = await restore({
    ...{ address, name, acceptsLoss },
    prepare: async (only) => void (await migrate(directUrl(), { only })),
    migrateForward: async () => void (await migrate(directUrl())),
    say: (words) => console.log(words),
  })
  console.log(
    `${made.name} is restored to ${env().dataDir}. What waited in its queue is canceled, not sent again.`,
  )
  return 0
}

type Finding = Verified & { name?: string; removed?: number }

async function verify(read: (tell: (progress: Progress) => void) => Promise<Finding>): Promise<number> {
  const startedAt = performance.now()
  const tell = sometimes()
  const say = ({ files, bytes }: Progress) => tell(() => `${files} files, ${megabytes(bytes)} …`)
  const { files, bytes, wrong, strays, removed = 0, name } = await read(say)
  const seconds = (performance.now() - startedAt) / 1000
  for (const line of wrong.slice(0, SHOWN_FAULTS)) console.error(line)
  if (wrong.length > SHOWN_FAULTS) console.error(`and ${wrong.length - SHOWN_FAULTS} more`)
  if (removed > 0) console.log(`${removed} files that no row names were removed.`)
  if (strays > 0)
    console.log(`${strays} files are named by no row: \`verify --remove-strays\` removes the older ones.`)
  const done = `${files} files, ${megabytes(bytes)} in ${seconds.toFixed(1)} s (${megabytes(bytes / seconds)}/s)`
  const what = name ? `the backup ${name}` : 'the studio'
  if (wrong.length > 0) console.error(`WRONG: ${wrong.length} faults in ${what}; ${done}.`)
  else console.log(`All is well in ${what}: ${done}.`)
  return wrong.length > 0 ? 1 : 0
}

/** Says how far it is every two seconds, on a line of its own. */
export function sometimes(): (words: () => string) => void {
  let at = performance.now()
  return (words) => {
    if (performance.now() - at < TELL_MS) return
    at = performance.now()
    console.log(words())
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
