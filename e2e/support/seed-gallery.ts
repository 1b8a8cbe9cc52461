import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnNode } from '@/e2e/support/child'

type Wanted = { databaseUrl: string; dataDir: string; team: string; count: number }

/** Fills a team's gallery as `npm run seed:gallery` does, in a process of its own. */
export async function seedGalleryOf({ databaseUrl, dataDir, team, count }: Wanted): Promise<void> {
  const logFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'studio-seed-')), 'seed.log')
  const program = ['--conditions=react-server', '--import', 'tsx', 'scripts/studio.ts']
  const { exited, logs } = spawnNode([...program, 'seed-gallery', '--team', team, '--count', String(count)], {
    env: { DATABASE_URL: databaseUrl, STUDIO_DATA_DIR: dataDir },
    logFile,
  })
  const { code } = await exited
  if (code !== 0) throw new Error(`The gallery was not filled:\n${logs()}`)
  fs.rmSync(path.dirname(logFile), { recursive: true })
}
