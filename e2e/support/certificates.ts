import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export type Certificate = { key: string; cert: string }

/** An authority of one's own, in files of the folder, and certificates that it signs. Needs openssl. */
export function makeAuthority(folder: string, name: string) {
  const file = (kind: string) => path.join(folder, `${name}.${kind}`)
  openssl('req', '-x509', ...newKey(file('key')), '-out', file('pem'), '-days', '2', '-subj', `/CN=${name}`)
  /** For a name of a server, such as `DNS:localhost`. */
  const sign = (subject: string, days = 2): Certificate => {
    const own = (kind: string) => path.join(folder, `${name}-signed.${kind}`)
    fs.writeFileSync(own('ext'), `subjectAltName=${subject}\n`)
    openssl('req', ...newKey(own('key')), '-out', own('csr'), '-subj', '/CN=server')
    const by = ['-CA', file('pem'), '-CAkey', file('key'), '-CAcreateserial', '-extfile', own('ext')]
    openssl('x509', '-req', '-in', own('csr'), '-out', own('crt'), '-days', String(days), ...by)
    return { key: fs.readFileSync(own('key'), 'utf8'), cert: fs.readFileSync(own('crt'), 'utf8') }
  }
  return { file: file('pem'), sign }
}

const newKey = (file: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', file]

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })
