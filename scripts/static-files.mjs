// @ts-check
// The scripts and styles of a build: compressed once, with the build, and sent from memory. What is not here, Next sends.
import fs from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

const PREFIX = '/_next/static/'
/** @type {Record<string, string>} */
const TYPES = { '.js': 'application/javascript; charset=UTF-8', '.css': 'text/css; charset=UTF-8' }

/** Best first: the name that a request accepts it by, and the end of its file. */
const ENCODINGS = [
  { name: 'br', suffix: '.br', compress: promisify(zlib.brotliCompress) },
  { name: 'gzip', suffix: '.gz', compress: promisify(zlib.gzip) },
]

/**
 * Writes the compressed forms beside every script and style.
 * @param {string} build the folder of a build
 */
export async function compressStatic(build) {
  await Promise.all(
    (await filesOf(build)).map(async (file) => {
      const bytes = await fs.readFile(file)
      for (const { suffix, compress } of ENCODINGS)
        await fs.writeFile(`${file}${suffix}`, await compress(bytes))
    }),
  )
}

/**
 * Reads the compressed forms of a build. What this gives answers a request that it has a form for, and says whether it did.
 * @param {string} build the folder of a build
 * @returns {Promise<(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean>}
 */
export async function staticFiles(build) {
  /** @type {Map<string, { type: string, forms: { name: string, bytes: Buffer }[] }>} */
  const known = new Map()
  for (const file of await filesOf(build)) {
    const forms = []
    for (const { name, suffix } of ENCODINGS) {
      const bytes = await fs.readFile(`${file}${suffix}`).catch(() => null)
      if (bytes) forms.push({ name, bytes })
    }
    const address = PREFIX + path.relative(path.join(build, 'static'), file).split(path.sep).join('/')
    known.set(address, { type: TYPES[path.extname(file)] ?? '', forms })
  }
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const file = known.get(request.url?.split('?', 1)[0] ?? '')
    const accepted = String(request.headers['accept-encoding'] ?? '').split(/[\s,]+/)
    const form = file?.forms.find(({ name }) => accepted.includes(name))
    if (!file || !form) return false
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': form.name,
      'content-length': form.bytes.length,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : form.bytes)
    return true
  }
}

/** @param {string} build */
async function filesOf(build) {
  const folder = path.join(build, 'static')
  const names = await fs.readdir(folder, { recursive: true })
  return names.filter((name) => path.extname(name) in TYPES).map((name) => path.join(folder, name))
}
