import path from 'node:path'
import pg from 'pg'
import { waitUntil } from '@/scripts/processes.mjs'
import { createAt } from '@/scripts/bench/creates'
import { imagesAt, installGateway } from '@/scripts/bench/portkey'
import { type Load, load, peakRssMb, type Shot, usage } from '@/scripts/bench/load'
import type { Program, Stage } from '@/scripts/bench/stage'

const SIZES = [
  { name: '1 × 50 KB', sample: 1, prompt: 'small' },
  { name: '4 × 1 MB', sample: 4, prompt: 'large' },
] as const
/** So many before anything is measured: each program has compiled what it runs often. */
const WARM_UP = 100

type Create = (prompt: string, sample: number) => Shot
type Target = { create: Create; program?: Pick<Program, 'pid'> }

/**
 * What a Flamel client waits longer than if it asked Flamel itself: through the Studio, through a proxy that keeps
 * nothing, through a gateway that many use, and through the least that keeps everything (the floor). Medians of the same
 * run, one after the other. The Studio once more while it makes no thumbnails, as the floor makes none: for its CPU.
 */
export async function measureDropIn(stage: Stage) {
  const targets = await startTargets(stage)
  for (const { create } of Object.values(targets))
    await load(another(create, SIZES[0]), { count: WARM_UP, inFlight: 4 })
  const rows = []
  for (const size of SIZES)
    for (const inFlight of [1, 16, 50]) {
      const measured = new Map<string, Measured>()
      for (const [name, target] of Object.entries(targets))
        measured.set(name, await measureTarget(target, size, inFlight))
      await withoutThumbnails(stage.databaseUrl, async () =>
        measured.set('withoutThumbnails', await measureTarget(targets.studio, size, inFlight)),
      )
      const row = { size: size.name, inFlight, ...rowOf(measured) }
      console.error(JSON.stringify(row))
      rows.push(row)
    }
  return rows
}

const DUE = `SELECT FROM "Image" WHERE state = 'completed' AND placeholder IS NULL AND "thumbnailDueAt" IS DISTINCT FROM 'infinity'`

/** What the Studio makes meanwhile never gets a thumbnail; what it made before has one when this begins. */
async function withoutThumbnails(databaseUrl: string, work: () => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const areMade = async () => (await client.query(DUE)).rowCount === 0
    if (!(await waitUntil(areMade, { timeoutMs: 120_000 }))) throw new Error('thumbnails are missing')
    await client.query(`ALTER TABLE "Image" ALTER "thumbnailDueAt" SET DEFAULT 'infinity'`)
    await work()
    await client.query(`ALTER TABLE "Image" ALTER "thumbnailDueAt" DROP DEFAULT`)
  } finally {
    await client.end()
  }
}

async function startTargets({ studio, upstream, home, databaseUrl, apiKey, start }: Stage) {
  const forward = await start('forward', { UPSTREAM: upstream.url })
  const floor = await start('floor', {
    UPSTREAM: upstream.url,
    DATABASE_URL: databaseUrl,
    FOLDER: path.join(home, 'floor'),
  })
  const gateway = await start('gateway', { GATEWAY: await installGateway(path.join(home, 'gateway')) })
  const at =
    (url: string): Create =>
    (prompt, sample) =>
      createAt(url, { apiKey, prompt, sample })
  return {
    direct: { create: at(upstream.url) },
    forward: { create: at(forward.url) },
    gateway: {
      create: (prompt: string, sample: number) =>
        imagesAt(gateway.url, { upstream: upstream.url, prompt, sample }),
    },
    floor: { create: at(floor.url), program: floor },
    studio: { create: at(studio.url), program: studio },
  } satisfies Record<string, Target>
}

type Measured = Load & { cpuMs: number; rssGrowthMb: number }

async function measureTarget(
  { create, program }: Target,
  size: (typeof SIZES)[number],
  inFlight: number,
): Promise<Measured> {
  const shot = another(create, size)
  await load(shot, { count: Math.min(inFlight, 4), inFlight: Math.min(inFlight, 4) })
  const count = Math.max(inFlight * 2, 30)
  if (!program) return { ...(await load(shot, { count, inFlight })), cpuMs: 0, rssGrowthMb: 0 }
  const before = usage(program.pid)
  let result: Load | undefined
  const peak = await peakRssMb(program.pid, async () => (result = await load(shot, { count, inFlight })))
  if (!result) throw new Error('nothing was measured')
  const cpuMs = (usage(program.pid).cpuMs - before.cpuMs) / count
  return { ...result, cpuMs, rssGrowthMb: peak - before.rssMb }
}

function rowOf(measured: Map<string, Measured>) {
  const of = (name: string) => {
    const found = measured.get(name)
    if (!found) throw new Error(`${name} was not measured`)
    return found
  }
  const added = (name: string) => of(name).p50Ms - of('direct').p50Ms
  const withThumbnails = [...measured].filter(([name]) => name !== 'withoutThumbnails')
  const medians = withThumbnails.map(([name, { p50Ms }]) => [`${name}P50Ms`, round(p50Ms)])
  return {
    ...Object.fromEntries(medians),
    addedMs: round(added('studio')),
    timesFloor: round(added('studio') / added('floor')),
    timesGateway: round(added('studio') / added('gateway')),
    perSecond: round(of('studio').perSecond),
    ofFloorPerSecond: round(of('studio').perSecond / of('floor').perSecond),
    ofGatewayPerSecond: round(of('studio').perSecond / of('gateway').perSecond),
    cpuMsPerAnswer: round(of('studio').cpuMs),
    cpuTimesFloor: round(of('studio').cpuMs / of('floor').cpuMs),
    cpuWithoutThumbnailsMs: round(of('withoutThumbnails').cpuMs),
    cpuWithoutThumbnailsTimesFloor: round(of('withoutThumbnails').cpuMs / of('floor').cpuMs),
    rssGrowthMb: round(of('studio').rssGrowthMb),
  }
}

/** Each time another prompt: the Studio joins identical ones. */
function another(create: Create, { prompt, sample }: (typeof SIZES)[number]): () => Shot {
  let serial = 0
  return () => create(`${prompt} ${serial++} ${performance.now()}`, sample)
}

export const round = (value: number) => Math.round(value * 100) / 100
