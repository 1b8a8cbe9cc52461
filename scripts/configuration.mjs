// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { ROOT } from './setup.mjs'
import { Refusal } from './steps.mjs'

/**
 * The configuration of the environment and of `.env.local` and `.env`, by the same rules as the server itself (lib/env).
 * @returns {Promise<import('../lib/env').Env>}
 */
export async function readConfiguration() {
  for (const name of ['.env.local', '.env']) {
    const file = path.join(ROOT, name)
    if (fs.existsSync(file)) process.loadEnvFile(file)
  }
  /** @type {typeof import('../lib/env')} */
  const { parseEnv } = await tsImport('../lib/env.ts', import.meta.url)
  try {
    const env = parseEnv(process.env)
    if (env.DATABASE_URL && !env.STUDIO_SECRET)
      throw new Error(
        'STUDIO_SECRET must be set when DATABASE_URL is: every process on that database shares it.',
      )
    return env
  } catch (cause) {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause))
  }
}
