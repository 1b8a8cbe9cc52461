import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Playwright's set-up: the stand in its own process, because Playwright's loader cannot read the scripts' modules. */
export default async function startStand() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/support/stand.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = once(child, 'exit')
  const [places]: unknown[] = await Promise.race([once(child, 'message'), gone])
  if (typeof places !== 'object') throw new Error('The stand for the stories did not start.')
  Object.assign(process.env, places) // the stories' workers read them
  return async () => {
    child.kill('SIGTERM')
    await gone
  }
}
