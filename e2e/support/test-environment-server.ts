import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

/** Playwright's set-up: the environment in its own process, because Playwright's loader cannot read the scripts' modules. */
export default async function startTestEnvironment() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/support/test-environment.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = once(child, 'exit')
  const [places]: unknown[] = await Promise.race([once(child, 'message'), gone])
  if (typeof places !== 'object') throw new Error('The test environment did not start.')
  Object.assign(process.env, places) // the tests' workers read them
  const busy = Number(process.env.E2E_SLOWDOWN ?? 1) > 1 ? keepBusy() : []
  return async () => {
    for (const loop of busy) loop.kill()
    child.kill('SIGTERM')
    await gone
  }
}

/** A loop for each processor beside the tests, as on a machine that does something else as well; it ends with its parent. */
const keepBusy = () =>
  Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'const { ppid } = process; while (process.ppid === ppid);'], {
      stdio: 'ignore',
    }),
  )
