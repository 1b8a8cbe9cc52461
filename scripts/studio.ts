import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createApiKeyForShell } from '@/lib/api-keys/server'
import { auditCsv } from '@/lib/audit/export'
import { resetPassword } from '@/lib/people/server'
import { adoptDirectory, demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { resetForShell } from '@/lib/second-factor/reset'
import { backupCommands, sometimes, type BackupValues, type Command } from '@/scripts/backup'
import { examine } from '@/scripts/doctor'
import { isPlace, type Moved, moveBlobs, type Place } from '@/scripts/move-blobs'
import { seedGallery } from '@/scripts/seed-gallery'

const USAGE = `Usage: npm run -s studio -- COMMAND
  api-key create --name NAME [--team SLUG]   a key for machines; printed alone on the last line, shown once
  person reset-password --email ADDRESS      a new password for anybody; printed alone on the last line
  owner reset-password                       the same for the first owner, without knowing the address
  person reset-two-step --email ADDRESS      turns off anybody's two-step sign-in, when device and codes are lost
  owner reset-two-step                       the same for the first owner, without knowing the address
  audit --team SLUG                          a team's audit log as a CSV, also of a team that was deleted
  data-directory adopt                       makes this data directory the database's own, when its own is lost
  backup [--to PLACE]                        a backup beside everything else, to BACKUP_DIR, a folder or s3://BUCKET/PREFIX
  restore --from PLACE [--backup NAME]       the newest or the named backup, into an empty database and data directory
          [--accept-loss]                    also without the secret, and without files that are missing or damaged
  verify [--from PLACE [--backup NAME]]      reads every file of the studio, or of a backup, and compares its SHA-256
         [--remove-strays]                     also removes files that no row names, used last more than a day ago
  storage move --to s3|disk                  brings images to the object store of STORAGE_URL, or back to the disk
  doctor                                     looks for what is wrong and says what to do
  seed-gallery --count N [--team SLUG]       for developers: fills a gallery with N painted images, for good`

async function main(words: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      team: { type: 'string' },
      email: { type: 'string' },
      count: { type: 'string' },
      to: { type: 'string' },
      from: { type: 'string' },
      backup: { type: 'string' },
      'accept-loss': { type: 'boolean' },
      'remove-strays': { type: 'boolean' },
    },
  })
  const run = commandOf(positionals.join(' '), values)
  if (run) return run()
  console.error(USAGE)
  return 2
}

type Values = { name?: string; team?: string; email?: string; count?: string } & BackupValues

/** What is to be done; undefined where the words are no command, or an option is missing. */
function commandOf(words: string, values: Values): Command | undefined {
  const { name, team, email, count, to } = values
  const commands: Record<string, Command | false | undefined> = {
    'api-key create': name !== undefined && name !== '' && (() => createKey(name, team)),
    'person reset-password': email !== undefined && (() => resetPerson(email)),
    'owner reset-password': () => forOwner(email, resetPerson),
    'person reset-two-step': email !== undefined && (() => resetTwoStep(email)),
    'owner reset-two-step': () => forOwner(email, resetTwoStep),
    audit: team !== undefined && (() => printAudit(team)),
    'data-directory adopt': adopt,
    ...backupCommands(values),
    'storage move': isPlace(to) && (() => moveStorage(to)),
    doctor: async () => ((await examine()) ? 0 : 1),
    'seed-gallery': Number(count) > 0 && (() => fillGallery(team, Number(count))),
  }
  return (Object.hasOwn(commands, words) && commands[words]) || undefined
}

async function fillGallery(team: string | undefined, count: number): Promise<number> {
  await demandOwnDirectory()
  await seedGallery({ team, count: Math.floor(count) })
  return 0
}

async function createKey(name: string, team: string | undefined): Promise<number> {
  console.log(await createApiKeyForShell({ name, team }))
  return 0
}

async function printAudit(slug: string): Promise<number> {
  const team = await db().team.findUnique({ where: { slug }, select: { id: true } })
  if (!team) {
    console.error(`There never was a team ${slug}.`)
    return 1
  }
  for await (const piece of auditCsv(team.id)) process.stdout.write(piece)
  return 0
}

async function adopt(): Promise<number> {
  const { looked, missing } = await adoptDirectory()
  console.log(`${env().dataDir} belongs to this database now.`)
  if (missing > 0)
    console.log(`Of the newest ${looked} files ${missing} are not in it: \`doctor\` tells more.`)
  return 0
}

async function moveStorage(to: Place): Promise<number> {
  await demandOwnDirectory()
  const counts = ({ copied, known }: Moved) => `${copied} copied, ${known} were there already`
  const tell = sometimes()
  const moved = await moveBlobs(to, (soFar) => tell(() => counts(soFar)))
  const { missing, damaged } = moved
  console.log(`${counts(moved)}, ${missing} missing, ${damaged} damaged.`)
  if (missing + damaged > 0) console.log('The log above names those that could not be brought.')
  return missing + damaged > 0 ? 1 : 0
}

async function forOwner(
  given: string | undefined,
  reset: (email: string) => Promise<number>,
): Promise<number> {
  const email = given ?? (await firstOwner())
  if (!email) {
    console.error('There is no owner yet: open the studio in a browser to set it up.')
    return 1
  }
  return reset(email)
}

async function resetPerson(email: string): Promise<number> {
  const password = randomBytes(12).toString('base64url')
  await resetPassword({ email, password })
  console.error(`${email} can sign in with this password; every session of theirs has ended.`)
  console.log(password)
  return 0
}

async function resetTwoStep(email: string): Promise<number> {
  await resetForShell({ email })
  console.error(`${email} signs in with the password alone; every session of theirs has ended.`)
  return 0
}

async function firstOwner(): Promise<string | undefined> {
  const membership = await db().membership.findFirst({
    where: { role: 'owner', disabledAt: null, team: { deletedAt: null } },
    orderBy: { createdAt: 'asc' },
    select: { user: { select: { email: true } } },
  })
  return membership?.user.email
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof Error && !('clientVersion' in error) ? error.message : error)
    return 1
  })
  .then(async (code) => {
    await db().$disconnect()
    process.exit(code)
  })
