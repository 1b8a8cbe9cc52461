import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ROOT } from '@/e2e/support/child'
import { provide } from '@/e2e/support/debian-packages'
import { waitUntil } from '@/scripts/processes.mjs'

export type Nginx = { url: string; errors: () => string; stop: () => Promise<void> }

/** nginx with the recipe of docs/deploy before these servers, but for its certificate: on a port of this machine, without TLS. */
export async function startNginx(port: number, servers: string[]): Promise<Nginx> {
  provide(['nginx'], ['nginx-light'])
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-nginx-'))
  const file = (name: string) => path.join(folder, name)
  const recipe = fs.readFileSync(path.join(ROOT, 'docs/deploy/nginx.conf'), 'utf8')
  const site = recipe
    .replace(/server \{\s+listen 80;[\s\S]*?\n\}\n/, '')
    .replace(/listen 443 ssl http2;/, `listen 127.0.0.1:${port};`)
    .replace(/^ *ssl_certificate.*$/gm, '')
    .replace(/^ *# server .*$/m, '')
    .replace(/server 127\.0\.0\.1:3000(.*);/, (_, options: string) =>
      servers.map((server) => `server 127.0.0.1:${new URL(server).port}${options};`).join('\n'),
    )
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${file(name)};`,
  )
  const isRoot = process.getuid?.() === 0
  fs.writeFileSync(
    file('nginx.conf'),
    `${isRoot ? 'user root;' : ''} daemon off; worker_processes 2; pid ${file('pid')}; error_log ${file('error.log')} warn;
events { worker_connections 1024; }
http { access_log off; ${kept.join(' ')} ${site} }`,
  )
  const child = spawn('nginx', ['-c', file('nginx.conf'), '-e', file('error.log')], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  const url = `http://localhost:${port}`
  const isUp = () =>
    fetch(`${url}/metrics`).then(
      ({ status }) => status === 404,
      () => false,
    )
  const errors = () => fs.readFileSync(file('error.log'), 'utf8')
  if (!(await waitUntil(isUp, { timeoutMs: 10_000 }))) throw new Error(`nginx did not start:\n${errors()}`)
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    fs.rmSync(folder, { recursive: true, force: true })
  }
  return { url, errors, stop }
}
