import path from 'node:path'
import { startSandbox } from '@/sandbox/server'

/**
 * The sandbox alone: `npm run sandbox`. SANDBOX_PORT, STUDIO_DATA_DIR, SANDBOX_LATENCY_MS (`0` or `1500-3000`),
 * SANDBOX_SLOTS, SANDBOX_HOST (where it listens, for processes on other machines), SANDBOX_PAINTER (`plain` fills images
 * with a colour, for tests).
 */
async function main() {
  const settings = readSettings(process.env)
  if (!settings)
    return fail(
      'SANDBOX_PORT, SANDBOX_SLOTS and SANDBOX_LATENCY_MS (such as 0 or 1500-3000) must be numbers.',
    )
  const { port, directory } = settings
  try {
    const sandbox = await startSandbox(settings)
    console.log(`The sandbox paints on http://localhost:${sandbox.port}`)
    process.send?.('ready')
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void sandbox.close().finally(() => process.exit(0)))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') fail(`Port ${port} is taken. Set SANDBOX_PORT to a free one.`)
    else fail(`The sandbox cannot use ${directory}: ${String(code ?? error)}.`)
  }
}

/** Null when what should be a number is none. */
function readSettings(env: NodeJS.ProcessEnv) {
  const [least = 1500, most = least] = (env.SANDBOX_LATENCY_MS || '1500-3000').split('-').map(Number)
  const latencyMs: [number, number] = [least, most]
  const port = Number(env.SANDBOX_PORT || 4010)
  const slots = Number(env.SANDBOX_SLOTS || 4)
  if (![port, slots, ...latencyMs].every((number) => Number.isFinite(number) && number >= 0)) return null
  const host = env.SANDBOX_HOST || '127.0.0.1'
  const directory = path.resolve(env.STUDIO_DATA_DIR || './data', 'sandbox')
  return { host, port, directory, latencyMs, slots, isPlain: env.SANDBOX_PAINTER === 'plain' }
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}

void main()
