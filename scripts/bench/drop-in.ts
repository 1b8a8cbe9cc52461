import path from 'node:path'
import { createAt } from '@/scripts/bench/creates'
import { load, peakRssMb, usage } from '@/scripts/bench/load'
import type { Stage } from '@/scripts/bench/stage'

const SIZES = [
  { name: '1 × 50 KB', sample: 1, prompt: 'small' },
  { name: '4 × 1 MB', sample: 4, prompt: 'large' },
] as const

/**
 * What a Flamel client waits longer than if it asked Flamel itself: through the Studio, through a proxy that keeps
 * nothing, and through the least that keeps everything (the floor). Medians of the same run, one after the other.
 */
export async function measureDropIn({ studio, upstream, home, databaseUrl, apiKey, start }: Stage) {
  const forward = await start('forward', { UPSTREAM: upstream.url })
  const floor = await start('floor', {
    UPSTREAM: upstream.url,
    DATABASE_URL: databaseUrl,
    FOLDER: path.join(home, 'floor'),
  })
  const targets = { direct: upstream.url, forward: forward.url, floor: floor.url, studio: studio.url }
  const rows = []
  for (const size of SIZES)
    for (const inFlight of [1, 16, 50]) {
      const row: Record<string, string | number> = { size: size.name, inFlight }
      for (const [name, url] of Object.entries(targets)) {
        let serial = 0
        const shot = () =>
          createAt(url, {
            apiKey,
            prompt: `${size.prompt} ${name} ${inFlight} ${serial++} ${performance.now()}`,
            sample: size.sample,
          })
        await load(shot, { count: Math.min(inFlight, 4), inFlight: Math.min(inFlight, 4) })
        const count = Math.max(inFlight * 2, 30)
        const before = usage(studio.pid)
        let result = { p50Ms: 0 }
        const peak = await peakRssMb(studio.pid, async () => (result = await load(shot, { count, inFlight })))
        row[`${name}P50Ms`] = round(result.p50Ms)
        if (name !== 'studio') continue
        row.cpuMsPerAnswer = round((usage(studio.pid).cpuMs - before.cpuMs) / count)
        row.rssGrowthMb = round(peak - before.rssMb)
      }
      const added = (name: string) => Number(row[`${name}P50Ms`]) - Number(row.directP50Ms)
      row.addedMs = round(added('studio'))
      row.timesFloor = round(added('studio') / added('floor'))
      console.error(JSON.stringify(row))
      rows.push(row)
    }
  return rows
}

export const round = (value: number) => Math.round(value * 100) / 100
