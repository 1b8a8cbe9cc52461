import { spawn } from 'node:child_process'

type Wanted = { databaseUrl: string; dataDir: string; team: string; count: number }

/** Fills a team's gallery as `npm run seed:gallery` does, in a process of its own that knows no other setting. */
export async function seedGalleryOf({ databaseUrl, dataDir, team, count }: Wanted): Promise<void> {
  const program = ['--conditions=react-server', '--import', 'tsx', 'scripts/studio.ts', 'seed-gallery']
  const child = spawn(process.execPath, [...program, '--team', team, '--count', String(count)], {
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      STUDIO_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`The gallery was not filled: the program ended with ${code}.`)
}
