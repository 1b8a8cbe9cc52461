import { measureDropIn } from '@/scripts/bench/drop-in'
import { measureGallery } from '@/scripts/bench/gallery'
import { measureLive } from '@/scripts/bench/live'
import { measurePages } from '@/scripts/bench/pages'
import { measureGrowth } from '@/scripts/bench/growth'
import { measureImages } from '@/scripts/bench/images'
import { setStage, type Stage } from '@/scripts/bench/stage'
import { measureStores } from '@/scripts/bench/stores'
import { measureUsage } from '@/scripts/bench/usage'

type Part = { title: string; measure: (stage: Stage) => Promise<object | object[]> }

const PARTS: Record<string, Part> = {
  pages: {
    title:
      'Pages: Lighthouse on a phone (aims: performance ≥ 95, accessibility 100, CLS 0) and the script of the first load beside an empty page (aims: create ≤ 1.45, gallery ≤ 1.3, share ≤ 1.1)',
    measure: measurePages,
  },
  dropIn: {
    title:
      'Drop-in: milliseconds, medians; added is over direct (aims at 1 in flight: 50 KB ≤ 3 × floor, 4 × 1 MB ≤ 2 × floor and ≤ 0.5 × gateway; at 50: answers ≥ 0.6 × floor and ≥ 3 × gateway; CPU ≤ 3 × floor; RSS growth ≤ 80 MB)',
    measure: measureDropIn,
  },
  live: {
    title: 'Live, in a browser: milliseconds, medians (aims: submit → tile ≤ 100; answer → image ≤ 300)',
    measure: measureLive,
  },
  images: {
    title:
      'Image bytes: answers per second to a signed-in person (aims: ≥ 0.85 × bare node:http, ≤ 120 µs of CPU a thumbnail)',
    measure: measureImages,
  },
  gallery: {
    title: 'Gallery: milliseconds of whole requests with 100,000 images beside 1,000',
    measure: measureGallery,
  },
  usage: {
    title: 'Usage: milliseconds of whole requests with 1,000,000 generations beside 1,000 (aim: p95 ≤ 100)',
    measure: measureUsage,
  },
  growth: {
    title: 'Growth: bytes of the database for each image, by table with its indexes, without dead rows',
    measure: measureGrowth,
  },
  stores: {
    title:
      'Stores: milliseconds to keep bytes and to read them, on the disk and in the object store of STORAGE_URL',
    measure: measureStores,
  },
}

/**
 * `npm run bench [-- --json] [-- part …]`: what the Studio costs, beside what is possible on the same machine in the
 * same run.
 */
async function main(args: string[]) {
  const named = args.filter((arg) => arg in PARTS)
  const stage = await setStage()
  const measured: Record<string, object> = {}
  try {
    for (const [name, { title, measure }] of Object.entries(PARTS)) {
      if (named.length > 0 && !named.includes(name)) continue
      const result = await measure(stage)
      measured[name] = result
      if (args.includes('--json')) continue
      console.log(`\n${title}`)
      console.table(Array.isArray(result) ? result : [result])
    }
  } finally {
    await stage.end()
  }
  if (args.includes('--json')) console.log(JSON.stringify(measured, null, 2))
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
