// @ts-check
// The least that keeps a promise: commit, send, spool durably as it streams, hash, store durably, commit, answer.
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import pg from 'pg'

const folder = process.env.FOLDER ?? '.'
mkdirSync(folder, { recursive: true })
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 })
await pool.query('CREATE TABLE IF NOT EXISTS bench_floor (id uuid PRIMARY KEY, state text)')

/** @param {string} file @param {(string | Buffer)[]} chunks */
async function keep(file, chunks) {
  const handle = await open(file, 'w')
  for (const chunk of chunks) await handle.write(/** @type {Buffer} */ (chunk))
  await handle.sync()
  await handle.close()
}

/** @param {Buffer} answer */
async function images(answer) {
  const mark = Buffer.from('"base64":"')
  for (let at = answer.indexOf(mark); at >= 0; at = answer.indexOf(mark, at + 1)) {
    const start = at + mark.length
    const bytes = Buffer.from(answer.toString('latin1', start, answer.indexOf(34, start)), 'base64')
    await keep(path.join(folder, createHash('sha256').update(bytes).digest('hex')), [bytes])
  }
}

http
  .createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const id = randomUUID()
    await pool.query('INSERT INTO bench_floor VALUES ($1, $2)', [id, 'queued'])
    await pool.query('UPDATE bench_floor SET state = $2 WHERE id = $1', [id, 'sending'])
    const onward = http.request(`${process.env.UPSTREAM}${request.url}`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json' },
    })
    onward.end(Buffer.concat(chunks))
    onward.on('response', async (answer) => {
      const handle = await open(path.join(folder, id), 'w')
      const parts = []
      for await (const part of answer) {
        parts.push(part)
        await handle.write(part)
      }
      await handle.sync()
      await handle.close()
      const whole = Buffer.concat(parts)
      await images(whole)
      await pool.query('UPDATE bench_floor SET state = $2 WHERE id = $1', [id, 'succeeded'])
      response.writeHead(201, { 'content-type': 'application/json' }).end(whole)
    })
  })
  .listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'))
