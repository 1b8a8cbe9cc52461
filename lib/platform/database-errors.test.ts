import { expect, test } from 'vitest'
import { isDatabaseGone } from '@/lib/platform/database-errors'

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })
const adapter = (cause: object, code = 'P2010') =>
  Object.assign(new Error('Invalid invocation'), { code, meta: { driverAdapterError: { cause } } })

/** As pg, adapter-pg, Prisma and PgBouncer said them while a server was restarted, killed and shut off. */
test.each<[string, unknown]>([
  ['a server that is stopped', withCode('terminating connection due to administrator command', '57P01')],
  ['one that starts', withCode('the database system is starting up', '57P03')],
  ['one that is not there', withCode('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
  ['a socket file that is not there', withCode('connect ENOENT /tmp/.s.PGSQL.5432', 'ENOENT')],
  ['no room for a connection', withCode('sorry, too many clients already', '53300')],
  ['PgBouncer', withCode('server login has been failing, try again later', '08P01')],
  ['Prisma, not reached', withCode("Can't reach database server at 127.0.0.1:5432", 'P1001')],
  ['Prisma, closed', withCode('Server has closed the connection.', 'P1017')],
  ['Prisma, no free connection', withCode('Timed out fetching a new connection from the pool', 'P2024')],
  ['pg without a code', new Error('Connection terminated unexpectedly')],
  ['pg, broken before', new Error('Client has encountered a connection error and is not queryable')],
  ['pg, not in time', new Error('timeout exceeded when trying to connect')],
  ['the adapter, by its kind', adapter({ kind: 'DatabaseNotReachable', host: 'x' })],
  ['the adapter, by the state within', adapter({ kind: 'postgres', originalCode: '57P01' })],
  ['the same of a model, which Prisma numbers otherwise', adapter({ originalCode: '57P01' }, 'P2039')],
  ['a copy that takes nothing down, as after a failover', withCode('cannot execute INSERT', '25006')],
  ['TLS that fails', adapter({ kind: 'TlsConnectionError', reason: 'self-signed certificate' })],
  ['the cause of another error', new Error('outer', { cause: withCode('inner', '57P02') })],
])('%s is a database that is away', (_name, error) => expect(isDatabaseGone(error)).toBe(true))

test.each<[string, unknown]>([
  ['a unique constraint', withCode('Unique constraint failed', 'P2002')],
  ['a value that does not fit', adapter({ kind: 'postgres', originalCode: '22021' })],
  ['the same of a model', adapter({ kind: 'postgres', originalCode: '22021' }, 'P2039')],
  ['a missing file', withCode("ENOENT: no such file or directory, open '/x'", 'ENOENT')],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['nothing', null],
])('%s is not', (_name, error) => expect(isDatabaseGone(error)).toBe(false))
