import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Shot } from '@/scripts/bench/load'

/** A gateway in Node that many use: it forwards, counts and keeps nothing (MIT). No dependency of the product: fetched for the run. */
const GATEWAY = '@portkey-ai/gateway@1.15.2'

/** Installs it into `folder` and returns the file that starts it. Throws where the registry cannot be reached. */
export async function installGateway(folder: string): Promise<string> {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}')
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  await promisify(execFile)('npm', ['install', ...flags, GATEWAY], { cwd: folder })
  return path.join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')
}

/** Its own request for images, which it forwards to `upstream` as to any image service. */
export const imagesAt = (url: string, given: { upstream: string; prompt: string; sample: number }): Shot => ({
  url: `${url}/v1/images/generations`,
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    authorization: 'Bearer bench',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${given.upstream}/api`,
  },
  body: JSON.stringify({ model: 'bench', prompt: given.prompt, n: given.sample }),
  expected: 201,
})
