// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { ROOT } from './setup.mjs'
import { Refusal } from './steps.mjs'

/**
 * The configuration of the environment and of `.env.local` and `.env`, by the same rules as the server itself (lib/platform/env).
 * `url` is where people open it.
 * @returns {Promise<import('../lib/platform/env').Env & { url: string }>}
 */
export async function readConfiguration() {
  for (const name of ['.env.local', '.env']) loadFile(path.join(ROOT, name))
  /** @type {typeof import('../lib/platform/env')} */
  const { addressOf, parseEnv } = await tsImport('../lib/platform/env.ts', import.meta.url)
  try {
    const env = parseEnv(process.env)
    if (env.DATABASE_URL && !env.STUDIO_SECRET)
      throw new Error(
        'STUDIO_SECRET must be set when DATABASE_URL is: every process on that database shares it.',
      )
    if (!env.FLAMEL_API_KEY && !env.SANDBOX_URL && env.PORT === env.SANDBOX_PORT)
      throw new Error(`PORT and SANDBOX_PORT are both ${env.PORT}: set one of them to another.`)
    return { ...env, url: env.STUDIO_URL ?? addressOf(env) }
  } catch (cause) {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause))
  }
}

/** @param {string} file */
function loadFile(file) {
  if (!fs.existsSync(file)) return
  try {
    process.loadEnvFile(file)
  } catch (cause) {
    throw new Refusal(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`)
  }
}
