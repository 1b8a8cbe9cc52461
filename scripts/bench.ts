import { measureDropIn } from '@/scripts/bench/drop-in'
import { measureLive } from '@/scripts/bench/live'
import { measurePages } from '@/scripts/bench/pages'
import { measurePictures } from '@/scripts/bench/pictures'
import { setStage } from '@/scripts/bench/stage'

/** `npm run bench [-- --json]`: what the Studio costs, beside what is possible on the same machine in the same run. */
async function main() {
  const stage = await setStage()
  try {
    const dropIn = await measureDropIn(stage)
    const live = await measureLive(stage)
    const pictures = await measurePictures(stage)
    const pages = await measurePages(stage)
    if (process.argv.includes('--json'))
      return console.log(JSON.stringify({ dropIn, live, pictures, pages }, null, 2))
    console.log(
      '\nDrop-in: added latency over direct, medians (aim: 4 × 1 MB at 1 in flight ≤ 2 × floor; RSS ≤ 100 MB)',
    )
    console.table(dropIn)
    console.log('\nLive: milliseconds (aims: submit → tile ≤ 100; answer → tile ≤ 300)')
    console.table([live])
    console.log(
      '\nPictures: answers per second with sign-in (aims: ≥ 0.6 × bare node:http, ≥ 6 × a Next route)',
    )
    console.table([pictures])
    console.log('\nPages: Lighthouse on a phone (aims: performance ≥ 95, accessibility 100, CLS 0)')
    console.table(pages)
  } finally {
    await stage.end()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
