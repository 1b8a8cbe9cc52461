import { fork } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export type HostileUpstream = { url: string; callsOf: (prompt: string) => Promise<number>; stop: () => void }

type Ready = { url: string }
type Counted = { prompt: string; calls: number }

const MAIN = path.join(path.dirname(fileURLToPath(import.meta.url)), 'hostile-upstream-main.ts')

/**
 * A Flamel that answers a create whose prompt ends with the name of one of `hostileAnswers` with that, in a process of
 * its own: making such answers is work that must not be measured with what reads them.
 */
export async function startHostileUpstream(): Promise<HostileUpstream> {
  const child = fork(MAIN, [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { url } = await new Promise<Ready>((resolve) => child.once('message', (said: Ready) => resolve(said)))
  return {
    url,
    callsOf: (prompt) =>
      new Promise((resolve) => {
        const listen = (said: Counted) => {
          if (said.prompt !== prompt) return
          child.off('message', listen)
          resolve(said.calls)
        }
        child.on('message', listen)
        child.send(prompt)
      }),
    stop: () => void child.kill('SIGKILL'),
  }
}
