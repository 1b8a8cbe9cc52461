import fs from 'node:fs'
import path from 'node:path'

/** The forms in which a secret could leak: as it is, in hex, percent-encoded, and in base64 at each of its three alignments. */
export function needlesOf(secret: string): Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${'x'.repeat(shift)}${secret}`).toString('base64')
    return encoded.slice(shift === 0 ? 0 : 4, -4)
  })
  const forms = [secret, Buffer.from(secret).toString('hex'), encodeURIComponent(secret), ...base64]
  return [...new Set(forms)].map((form) => Buffer.from(form))
}

export const holds = (bytes: Buffer | string, needles: Buffer[]): boolean => {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  return needles.some((needle) => buffer.includes(needle))
}

/** The files below a folder that hold one of the needles, and how many were read. */
export function searchFolder(folder: string, needles: Buffer[]): { found: string[]; files: number } {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.map((name) => path.join(folder, name)).filter((file) => fs.lstatSync(file).isFile())
  return { found: files.filter((file) => holds(fs.readFileSync(file), needles)), files: files.length }
}
