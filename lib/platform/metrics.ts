import 'server-only'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { OPEN } from '@/lib/platform/open-statuses'
import { shared } from '@/lib/platform/shared'
import { GenerationStatus } from '@/prisma/generated/enums'

const CALL_ENDS = ['created', 'refused', 'busy', 'not_sent', 'ambiguous']
const GENERATION_ENDS = Object.values(GenerationStatus).filter(
  (status) => !OPEN.some((open) => open === status),
)

/**
 * What this process counts by itself; lib/system/metrics adds what the database knows. A label takes few values, all of
 * them ours: never a team, a person, an id or a text.
 */
export const metrics = () =>
  shared('metrics', () => {
    const registry = new Registry()
    const registers = [registry]
    const made = {
      registry,
      requests: new Histogram({
        name: 'studio_http_request_seconds',
        help: 'Seconds from a request to the end of its answer, without event streams.',
        labelNames: ['surface', 'status'] as const,
        buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30, 60, 120],
        registers,
      }),
      calls: new Histogram({
        name: 'studio_upstream_call_seconds',
        help: 'Seconds of a create call, by how it ended: created, refused, busy, not_sent or ambiguous.',
        labelNames: ['end'] as const,
        buckets: [0.5, 1, 2, 5, 10, 20, 40, 80, 160],
        registers,
      }),
      queueWait: new Histogram({
        name: 'studio_queue_wait_seconds',
        help: 'Seconds from a request to its first or next call.',
        buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1_800],
        registers,
      }),
      generations: new Histogram({
        name: 'studio_generation_seconds',
        help: 'Seconds from a request to its end, by what it ended as.',
        labelNames: ['status'] as const,
        buckets: [1, 2, 5, 10, 20, 40, 80, 300, 1_800],
        registers,
      }),
      lines: new Counter({
        name: 'studio_log_lines_total',
        help: 'Lines of the log, also those that were left out because they repeat.',
        labelNames: ['level'] as const,
        registers,
      }),
    }
    // a rate needs the zero before the first
    for (const end of CALL_ENDS) made.calls.zero({ end })
    for (const status of GENERATION_ENDS) made.generations.zero({ status })
    for (const level of ['warn', 'error']) made.lines.inc({ level }, 0)
    return made
  })

/** Memory, processor, the delay of the event loop: for a process that serves, not for a shell command. */
export function startProcessMetrics(): void {
  shared('metrics.process', () => {
    const { registry } = metrics()
    collectDefaultMetrics({ register: registry })
    // sums that are no counters, though Prometheus keeps `_total` for these; their parts are there by type
    for (const kind of ['handles', 'requests', 'resources'])
      registry.removeSingleMetric(`nodejs_active_${kind}_total`)
  })
  loopDelay()
}

const loopDelay = () =>
  shared('metrics.loop-delay', () => {
    const delay = monitorEventLoopDelay({ resolution: 20 })
    delay.enable()
    return delay
  })

/** How much later than it should the event loop came round, in 99 of 100 times since this was last asked. */
export function loopDelayMs(): number {
  const delay = loopDelay()
  const lateMs = delay.count > 0 ? delay.percentile(99) / 1e6 - 20 : 0
  delay.reset()
  return Math.max(0, Math.round(lateMs))
}
