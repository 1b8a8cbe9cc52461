import net from 'node:net'
import pg from 'pg'

/** A door in front of a database server that a test can shut: from the studio's side the server is gone. */
export type DatabaseDoor = { url: string; shut: () => Promise<void>; open: () => Promise<void> }

export async function openDoorTo(databaseUrl: string): Promise<DatabaseDoor> {
  const target = new URL(databaseUrl)
  const folder = target.searchParams.get('host')
  const socketPort = target.port || '5432'
  const behind = () =>
    folder?.startsWith('/')
      ? net.connect(`${folder}/.s.PGSQL.${target.searchParams.get('port') ?? socketPort}`)
      : net.connect(Number(socketPort), target.hostname)
  const open = new Set<net.Socket>()
  const make = () =>
    net.createServer((front) => {
      const back = behind()
      open.add(front)
      front.on('close', () => {
        open.delete(front)
        back.destroy()
      })
      for (const socket of [front, back]) socket.on('error', () => front.destroy())
      back.on('close', () => front.destroy())
      front.pipe(back).pipe(front)
    })
  let server = make()
  const listen = (port: number) =>
    new Promise<number>((resolve) =>
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      }),
    )
  const port = await listen(0)
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
      await listen(port)
    },
  }
}

/** Runs statements on the database itself, beside the studio. */
export async function connectTo(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  return client
}
