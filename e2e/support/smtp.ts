import { once } from 'node:events'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Received = { mail: ParsedMail; raw: string; to: string[] }
type Fault = 'none' | 'login' | 'busy' | 'gone' | 'drop' | 'dropAfterData'

/**
 * A mail server that keeps what it gets. By what it is told, or by the address: `busy…` is refused for now (451),
 * `gone…` for good (550); `drop` cuts the connection when a recipient is named, `dropAfterData` when it has all.
 */
export async function startSmtp({ port = 0, user = 'studio', password = 'pw' } = {}) {
  const received: Received[] = []
  /** A test changes it; while `held` is not resolved, nothing is answered to a recipient. */
  const state = { fault: 'none' as Fault, held: Promise.resolve(), asked: 0 }
  const refuse = (responseCode: number, message: string) =>
    Object.assign(new Error(message), { responseCode })
  const server = new SMTPServer({
    ...{ hideSTARTTLS: true, allowInsecureAuth: true, size: 1 << 20 },
    onAuth: (auth, _, callback) => {
      const isRight = auth.username === user && auth.password === password && state.fault !== 'login'
      if (isRight) callback(null, { user })
      else callback(refuse(535, 'Wrong user or password'))
    },
    onRcptTo: ({ address }, session, callback) => {
      state.asked += 1
      void state.held.then(() => answer(address, session, callback))
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        const to = session.envelope.rcptTo.map(({ address }) => address)
        void simpleParser(raw).then((mail) => {
          received.push({ mail, raw: raw.toString('latin1'), to })
          if (state.fault === 'dropAfterData') cut(session)
          else callback(null, 'kept')
        })
      })
    },
  })
  const cut = ({ id }: { id: string }) => {
    for (const connection of server.connections) if (connection.id === id) connection.close()
  }
  const answer = (address: string, session: { id: string }, callback: (error?: Error) => void) => {
    if (state.fault === 'drop') return cut(session)
    if (state.fault === 'gone' || address.startsWith('gone'))
      return callback(refuse(550, 'No such user here'))
    if (state.fault === 'busy' || address.startsWith('busy')) return callback(refuse(451, 'Try again later'))
    callback()
  }
  server.on('error', () => undefined) // a connection that the other side cut
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const own = typeof address === 'object' ? address?.port : undefined
  return {
    url: `smtp://${user}:${password}@127.0.0.1:${own}`,
    received,
    state,
    /** The mails that came for this address, oldest first. */
    to: (one: string) => received.filter(({ to }) => to.includes(one)),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
