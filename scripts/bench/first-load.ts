import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { round } from '@/scripts/bench/drop-in'
import { ROOT } from '@/scripts/setup.mjs'
import { run } from '@/scripts/steps.mjs'

/** A page and what to send with the request for it. */
export type Address = { name: string; url: string; headers: Record<string, string> }
type FirstLoad = { scriptKb: number; timesEmpty: number }

/** Kilobytes (gzip) of the scripts that a page's document names, beside an empty page of the same framework. */
export async function measureFirstLoad(addresses: Address[]): Promise<Map<string, FirstLoad>> {
  const empty = await emptyPageBytes()
  const measured = new Map<string, FirstLoad>()
  for (const { name, url, headers } of addresses) {
    const html = await (await fetch(url, { headers })).text()
    const read = async (src: string) => Buffer.from(await (await fetch(new URL(src, url))).arrayBuffer())
    const bytes = await scriptBytes(html, read)
    measured.set(name, { scriptKb: round(bytes / 1024), timesEmpty: round(bytes / empty) })
  }
  return measured
}

/** Builds a project of one empty page with the same Next and reads what its document names. */
async function emptyPageBytes(): Promise<number> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'studio-empty-'))
  try {
    fs.mkdirSync(path.join(folder, 'app'))
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
    const files = {
      'next.config.mjs': `export default { turbopack: { root: '/' } }`,
      'app/layout.jsx': `export default ({ children }) => <html lang="en"><body>{children}</body></html>`,
      'app/page.jsx': `export default () => <p>Empty</p>`,
    }
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text)
    await run(process.execPath, [path.join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: folder,
    })
    const built = path.join(folder, '.next')
    const html = fs.readFileSync(path.join(built, 'server/app/index.html'), 'utf8')
    return await scriptBytes(html, async (src) =>
      fs.readFileSync(path.join(built, decodeURI(src.replace('/_next/', '')))),
    )
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function scriptBytes(html: string, read: (src: string) => Promise<Buffer>): Promise<number> {
  let bytes = 0
  for (const [tag] of html.matchAll(/<script[^>]*>/g)) {
    const src = /src="([^"]*)"/.exec(tag)?.[1]
    if (!src || tag.includes('noModule')) continue
    bytes += gzipSync(await read(src)).length
  }
  return bytes
}
