import 'server-only'
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { env } from '@/lib/platform/env'
import { shared } from '@/lib/platform/shared'

const FORMAT = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/** Where the secret is kept that was made here. */
export const secretFile = () => path.join(env().dataDir, 'secret')

/** The studio's one secret: STUDIO_SECRET, or the one that was made in the data directory at the first start. */
export function studioSecret(): string {
  return shared('studio-secret', () => env().STUDIO_SECRET ?? keptSecret(secretFile()))
}

function keptSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return makeSecret(file)
  }
}

/** Written aside and linked into place: of two processes that start at once, both end with the same whole secret. */
function makeSecret(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const handle = openSync(draft, 'wx', 0o600)
  writeSync(handle, `${randomBytes(32).toString('base64url')}\n`)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
  } catch {
    // another process was first: its secret is read below
  }
  rmSync(draft, { force: true })
  return readFileSync(file, 'utf8').trim()
}

/** A 32-byte key of its own for each use, so that a value sealed for one purpose opens nowhere else. */
export function keyFor(purpose: string): Buffer {
  return shared(`studio-key.${purpose}`, () =>
    Buffer.from(hkdfSync('sha256', studioSecret(), 'flamel-studio', purpose, 32)),
  )
}

/** Encrypts a text (AES-256-GCM) so that only `unseal` with the same purpose and secret reads it again. */
export function seal(purpose: string, text: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyFor(`seal:${purpose}`), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.from([FORMAT]), iv, cipher.getAuthTag(), body]))
}

/** The sealed text, or null when it was changed, sealed for something else, or under another secret. */
export function unseal(purpose: string, sealed: Uint8Array): string | null {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== FORMAT || bytes.length < 1 + IV_BYTES + TAG_BYTES) return null
  const iv = bytes.subarray(1, 1 + IV_BYTES)
  const tag = bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyFor(`seal:${purpose}`), iv, {
    authTagLength: TAG_BYTES,
  })
  decipher.setAuthTag(tag)
  try {
    const body = bytes.subarray(1 + IV_BYTES + TAG_BYTES)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** SHA-256 of a token, the only form in which tokens are looked up. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

/** 32 random bytes as 43 characters that are safe in an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
