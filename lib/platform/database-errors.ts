/** PostgreSQL's states: a connection that broke or was refused, no room for one, a server that stops or starts, or is a copy. */
const GONE_STATES = /^(08\w{3}|25006|53300|57P0[1-5])$/
/** Prisma's: not reached, timed out, closed, no connection from the pool, a transaction whose connection is gone. */
const GONE_CODES = /^P(1001|1002|1008|1011|1017|2024|2028|2037)$/
const GONE_ERRNOS = /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|NOTFOUND|HOSTUNREACH|NETUNREACH|AI_AGAIN)$/
/** The adapter's names for the same. */
const GONE_KINDS =
  /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnectionError)$/
/** What comes without any code: pg's own sentences about its connection, and PgBouncer's. */
const GONE_SENTENCES =
  /Connection terminated|connection error and is not queryable|Server has closed the connection|Can't reach database server|server login has been failing|query_wait_timeout|timeout exceeded when trying to connect|timeout expired|Client was closed|Cannot use a pool after calling end|shutting down|starting up|not yet accepting connections|connect ENOENT/i
const DEPTH_MAX = 6

/** Whether the database could not be reached or cut the connection, as opposed to refusing a statement. */
export function isDatabaseGone(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEPTH_MAX) return false
  const text = (name: string) => (name in error ? String(Reflect.get(error, name)) : '')
  const codes = [text('code'), text('errorCode'), text('originalCode')]
  if (codes.some((code) => GONE_STATES.test(code) || GONE_CODES.test(code) || GONE_ERRNOS.test(code)))
    return true
  if (isAboutValues(text('name'), text('code'))) return false
  if (GONE_KINDS.test(text('kind')) || GONE_SENTENCES.test(text('message'))) return true
  const within = ['cause', 'meta', 'driverAdapterError'].map((name) => Reflect.get(error, name))
  return within.some((inner) => isDatabaseGone(inner, depth + 1))
}

/** A statement that was refused for its values: its message may hold any word. P2010 and P2039 only wrap what PostgreSQL said. */
function isAboutValues(name: string, code: string): boolean {
  return name === 'PrismaClientValidationError' || (/^P2\d{3}$/.test(code) && !/^P20(10|39)$/.test(code))
}
