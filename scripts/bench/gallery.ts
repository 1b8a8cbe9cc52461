import { seedGalleryOf } from '@/e2e/support/seed-gallery'
import { round } from '@/scripts/bench/drop-in'
import type { Stage } from '@/scripts/bench/stage'

const SIZES = { small: 1_000, large: 100_000 }
const TIMES = 15

type Page = { items: { maker: { id: string } }[]; nextCursor: string | null }
type Counts = { months: { month: string }[] }
/** What a team's addresses need to know of it: who makes images, and a place among its oldest ones. */
type Known = { makerId: string; deep: string }
type Row = { asked: string; smallMs: number; largeMs: number; times: number }

/** What is asked, as the address behind `/images`. Herons are in one request of 2,500, style 112 in one of a hundred. */
const ASKED: Record<string, (known: Known) => string> = {
  'first page': () => '?',
  'deep page': ({ deep }) => `?cursor=${deep}`,
  'common word (바다)': () => `?q=${encodeURIComponent('바다')}`,
  'common word (fox)': () => '?q=fox',
  'rare word (두루미)': () => `?q=${encodeURIComponent('두루미')}`,
  'rare words (two herons)': () => '?q=two+herons',
  'no hit (코끼리)': () => `?q=${encodeURIComponent('코끼리')}`,
  'no hit, two letters (없다)': () => `?q=${encodeURIComponent('없다')}`,
  'initial consonants (ㅂㄷ)': () => `?q=${encodeURIComponent('ㅂㄷ')}`,
  'initial consonants, no hit (ㅋㅋㅋ)': () => `?q=${encodeURIComponent('ㅋㅋㅋ')}`,
  'common word, deep': ({ deep }) => `?q=fox&cursor=${deep}`,
  ratio: () => '?ratio=9:16',
  'ratio, no hit': () => '?ratio=square',
  'rare style': () => '?styleId=112',
  person: ({ makerId }) => `?makerId=${makerId}`,
  favourites: () => '?favourite=true',
  'all filters': ({ makerId }) => `?ratio=1:1&styleId=103&makerId=${makerId}&favourite=true&q=fox`,
  trash: () => '?trash=true',
  counts: () => '/counts?',
  'counts of a common word': () => '/counts?q=fox',
}

/** Documents that are asked for whole. */
const PAGES: Record<string, string> = {
  'gallery, the document': '/gallery',
  'create, the document': '/create',
}

/** What the gallery takes with 100,000 images beside 1,000: whole requests, medians of the same run. */
export async function measureGallery(stage: Stage): Promise<Row[]> {
  const small = await openGallery(stage, 'Bench small', SIZES.small)
  const large = await openGallery(stage, 'Bench large', SIZES.large)
  const rows: Row[] = []
  for (const [asked, address] of Object.entries(ASKED)) {
    const smallMs = await medianMs(() => small.get(address(small.known)))
    const largeMs = await medianMs(() => large.get(address(large.known)))
    rows.push({ asked, smallMs, largeMs, times: round(largeMs / smallMs) })
  }
  for (const [asked, path] of Object.entries(PAGES)) {
    const smallMs = await medianMs(() => small.open(path))
    const largeMs = await medianMs(() => large.open(path))
    rows.push({ asked, smallMs, largeMs, times: round(largeMs / smallMs) })
  }
  return rows
}

/** A new team with so many images. */
async function openGallery({ studio, cookie, databaseUrl }: Stage, name: string, count: number) {
  const headers = { cookie, origin: studio.url, 'content-type': 'application/json' }
  const body = JSON.stringify({ name })
  const made = await fetch(`${studio.url}/api/v1/teams`, { method: 'POST', headers, body })
  const { slug }: { slug: string } = await made.json()
  await seedGalleryOf({ databaseUrl, dataDir: studio.settings.dataDir, team: slug, count })
  const get = async <T = Page>(address: string): Promise<T> => {
    const answer = await fetch(`${studio.url}/api/v1/images${address}`, {
      headers: { ...headers, 'x-studio-team': slug },
    })
    if (!answer.ok) throw new Error(`/images${address} answered ${answer.status}.`)
    return answer.json()
  }
  const open = async (path: string) => {
    const answer = await fetch(`${studio.url}/t/${slug}${path}`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`)
    return answer.text()
  }
  const { months } = await get<Counts>('/counts')
  const { items, nextCursor } = await get(`?limit=1&until=${months.at(-3)?.month}`)
  return { get, open, known: { makerId: items[0]?.maker.id ?? '', deep: nextCursor ?? '' } }
}

async function medianMs(ask: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    const startedAt = performance.now()
    await ask()
    took.push(performance.now() - startedAt)
  }
  return round(took.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0)
}
