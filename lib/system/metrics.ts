import 'server-only'
import { Gauge } from 'prom-client'
import { countEventStreams } from '@/lib/access/event-stream'
import { connectionCounts } from '@/lib/platform/db'
import { metrics } from '@/lib/platform/metrics'
import { shared } from '@/lib/platform/shared'
import { blobStore } from '@/lib/platform/storage'
import { longestWait, readFigures, type Figures } from '@/lib/system/figures'
import { version } from '@/package.json'

type Value = { value: number | null; labels?: Record<string, string> }
type Described = { help: string; labels?: string[]; of: (figures: Figures) => Value[] }

const one = (value: number | null): Value[] => [{ value }]
const each = (label: string, values: Record<string, number | null>): Value[] =>
  Object.entries(values).map(([name, value]) => ({ value, labels: { [label]: name } }))

/** What the database knows: the same from every process, so ask for the highest of them, never for the sum. */
const STUDIO: Record<string, Described> = {
  studio_generations: {
    help: 'Generations that have not ended, or whose end nobody knows: waiting, held, under_way or unknown.',
    labels: ['upstream', 'state'],
    of: ({ generations }) =>
      (['flamel', 'sandbox'] as const).flatMap((upstream) =>
        (['waiting', 'held', 'under_way', 'unknown'] as const).map((state) => {
          const found = generations.find((each) => each.upstream === upstream && each.state === state)
          return { value: found?.count ?? 0, labels: { upstream, state } }
        }),
      ),
  },
  studio_oldest_waiting_seconds: {
    help: 'How long the generation waits that waits longest and is not held.',
    of: ({ generations }) => one(longestWait(generations)),
  },
  studio_stuck_generations: {
    help: 'Calls that are under way for longer than any may take.',
    of: ({ health }) => one(health.stuckGenerations),
  },
  studio_slots: {
    help: 'How many calls may be under way at once.',
    labels: ['upstream'],
    of: ({ slots }) => each('upstream', Object.fromEntries(slots)),
  },
  studio_credits: {
    help: 'Credits left in the account of the teams that have chosen nothing else: daily, monthly or default.',
    labels: ['balance'],
    of: ({ credits }) => each('balance', credits),
  },
  studio_upstream_accounts: {
    help: 'Accounts that teams generate with: ok, key_failing, or credits_low when four fifths are used.',
    labels: ['state'],
    of: ({ accounts }) => each('state', accounts),
  },
  studio_budgets_near: {
    help: 'Budgets of which four fifths are used or kept aside in the period that runs now.',
    of: ({ budgetsNear }) => one(budgetsNear),
  },
  studio_mails_waiting: { help: 'Mails that are not sent yet.', of: ({ mailsWaiting }) => one(mailsWaiting) },
  studio_processes: {
    help: 'Processes that are connected: dispatcher sends calls, web does not.',
    labels: ['role'],
    of: ({ processes }) => each('role', processes),
  },
  studio_files_missing: {
    help: '1 when the file of an image was not where its row says within the last hour.',
    of: ({ health }) => one(health.files === 'missing' ? 1 : 0),
  },
}

const gauges = () =>
  shared('metrics.gauges', () => {
    const registers = [metrics().registry]
    const gauge = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
      new Gauge({ name, help, labelNames, registers })
    gauge('studio_info', 'The version of the studio.', ['version']).set({ version }, 1)
    return {
      studio: Object.entries(STUDIO).map(([name, { help, labels, of }]) => ({
        gauge: gauge<string>(name, help, labels),
        of,
      })),
      isDatabaseUp: gauge(
        'studio_database_up',
        'Whether the database answers this process. While it does not, what only it knows is left out.',
      ),
      connections: gauge(
        'studio_database_connections',
        'Connections of this process to the database: busy or idle.',
        ['state'],
      ),
      mostConnections: gauge(
        'studio_database_connections_max',
        'How many connections this process opens at most.',
      ),
      waiting: gauge('studio_database_waiting', 'Questions of this process that wait for a connection.'),
      streams: gauge('studio_event_streams', 'Event streams that are open to this process.'),
      room: gauge('studio_storage_free_bytes', 'Room for images, as far as this process sees.'),
    }
  })

/** Everything as Prometheus reads it. Several who ask at once are answered with one look. */
export async function renderMetrics(): Promise<{ type: string; body: string }> {
  const looking = shared<{ now: Promise<void> | null }>('metrics.look', () => ({ now: null }))
  looking.now ??= look().finally(() => (looking.now = null))
  await looking.now
  const { registry } = metrics()
  return { type: registry.contentType, body: await registry.metrics() }
}

async function look(): Promise<void> {
  const { studio, ...own } = gauges()
  const [figures, room] = await Promise.all([readFigures(), blobStore().room()])
  own.isDatabaseUp.set(figures ? 1 : 0)
  for (const { gauge, of } of studio) {
    gauge.reset() // what has no value now has no line, instead of its last one
    if (figures) set(gauge, of(figures))
    else gauge.remove()
  }
  const { busy, idle, waiting, most } = connectionCounts()
  own.connections.set({ state: 'busy' }, busy)
  own.connections.set({ state: 'idle' }, idle)
  own.mostConnections.set(most)
  own.waiting.set(waiting)
  own.streams.set(countEventStreams())
  own.room.set(room)
}

function set(gauge: Gauge<string>, values: Value[]): void {
  for (const { value, labels } of values) if (value !== null) gauge.set(labels ?? {}, value)
}
