import net from 'node:net'
import { PassThrough, Transform } from 'node:stream'
import pg from 'pg'
import { freePort } from '@/e2e/support/child'

/** A proxy in front of a database server that a test can shut: from the studio's side the server is gone. */
export type TcpProxy = {
  url: string
  shut: () => Promise<void>
  open: () => Promise<void>
  /** As a network that lost its way: nothing passes, and nobody is told. New connections are taken and hear nothing either. */
  freeze: () => void
  /** What connects from now on is served; what was open stays silent for ever. */
  thaw: () => void
}

/** Changes what passes one connection; made anew for each. */
type Changes = { sent?: () => Transform; received?: () => Transform }

export async function openTcpProxyTo(
  databaseUrl: string,
  { sent = asItIs, received = asItIs }: Changes = {},
): Promise<TcpProxy> {
  const target = new URL(databaseUrl)
  const folder = target.searchParams.get('host')
  const socketPort = target.port || '5432'
  const behind = () =>
    folder?.startsWith('/')
      ? net.connect(`${folder}/.s.PGSQL.${target.searchParams.get('port') ?? socketPort}`)
      : net.connect(Number(socketPort), target.hostname)
  const open = new Set<net.Socket>()
  const silent = new Set<net.Socket>()
  let isFrozen = false
  const freezing: (() => void)[] = []
  const make = () =>
    net.createServer((front) => {
      if (isFrozen) {
        open.add(front.pause().on('error', () => front.destroy()))
        return
      }
      const back = behind()
      open.add(front)
      front.on('close', () => {
        open.delete(front)
        back.destroy()
      })
      for (const socket of [front, back]) socket.on('error', () => front.destroy())
      back.on('close', () => silent.has(front) || front.destroy())
      const [up, down] = [sent(), received()]
      up.on('error', () => front.destroy())
      front.pipe(up).pipe(back).pipe(down).pipe(front)
      freezing.push(() => {
        front.unpipe(up).pause()
        down.unpipe(front)
        silent.add(front)
      })
    })
  let server = make()
  const port = await freePort()
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen()
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  url.search = ''
  return {
    url: url.href,
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
    open: async () => {
      server = make()
      await listen()
    },
    freeze: () => {
      isFrozen = true
      for (const silence of freezing.splice(0)) silence()
    },
    thaw: () => void (isFrozen = false),
  }
}

const asItIs = () => new PassThrough()

const SET_UTC = "SET TIME ZONE 'UTC'"

/** As a pooler that does not keep what a session set. */
export const forgetTimeZone = () =>
  new Transform({
    transform(bytes: Buffer, _encoding, done) {
      const text = bytes.toString('latin1').replaceAll(SET_UTC, `SELECT 'UTC'`.padEnd(SET_UTC.length))
      done(null, Buffer.from(text, 'latin1'))
    },
  })

const NOTIFICATION = 'A'.charCodeAt(0)
const HEAD_BYTES = 5

/** As a pooler in transaction mode: what a listener would be told does not reach it. */
export function loseNotifications(): Transform {
  let held = Buffer.alloc(0)
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      held = Buffer.concat([held, bytes])
      while (held.length >= HEAD_BYTES) {
        const end = 1 + held.readUInt32BE(1)
        if (held.length < end) break
        if (held[0] !== NOTIFICATION) this.push(held.subarray(0, end))
        held = held.subarray(end)
      }
      done()
    },
  })
}

const READY = Buffer.from([...Buffer.from('Z'), 0, 0, 0, 5, ...Buffer.from('I')])

/** As a server that stops: once `isStopping`, it ends the session in the very packet of its last answer. */
export const endAfterAnswer = (isStopping: () => boolean) =>
  new Transform({
    transform(bytes: Buffer, _encoding, done) {
      const isAnswer = isStopping() && bytes.subarray(-READY.length).equals(READY)
      done(null, isAnswer ? Buffer.concat([bytes, errorResponse('57P01', 'terminating connection')]) : bytes)
    },
  })

/** PostgreSQL's ErrorResponse. */
export function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

/** Runs statements on the database itself, beside the studio. */
export async function connectTo(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  return client
}
