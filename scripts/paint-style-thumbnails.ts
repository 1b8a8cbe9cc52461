// Paints the sandbox's styles into public/styles and the first examples into public/starters: run `npm run styles:paint`
// after the painter or an example's prompt changed.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { STARTERS } from '@/lib/drafts/starters'
import { sizeOf } from '@/lib/upstream/ratios'
import { paint } from '@/sandbox/painter/paint'
import { SANDBOX_STYLES } from '@/sandbox/styles'
import english from '@/messages/en/create.json'

const PAINTED_PX = 1_024
const SIDE_PX = 360

/** A subject that shows what the technique is good at. */
const prompts: Record<number, string> = {
  101: '안개 낀 산과 소나무, 새벽',
  102: 'spring flowers by a quiet lake, soft light',
  103: 'layered mountains with a low sun and birds',
  104: 'a fox in an autumn forest',
  105: 'city skyline with a big red sun',
  106: 'neon city skyline at night',
  107: 'a koi fish among water lilies',
  108: 'a small house by the sea at sunset',
  109: '소나무 아래 호랑이와 까치',
  110: 'four ripe persimmons on a plate, warm afternoon window light',
  111: 'circles and stairs, red blue and yellow',
  112: 'dunes under a wide blue evening sky',
}

async function paintStyles(): Promise<void> {
  for (const { styleId, nameEn } of SANDBOX_STYLES) {
    const order = { prompt: prompts[styleId] ?? nameEn, styleId, seed: 7, sample: 0 }
    const image = await paint({ ...order, width: PAINTED_PX, height: PAINTED_PX })
    await keep(`styles/${styleId}.webp`, image)
  }
}

/** What somebody gets who begins with an example, near enough. */
async function paintStarters(): Promise<void> {
  for (const { key, promptKey, styleId, ratio } of STARTERS) {
    const order = { prompt: english.starters[promptKey], styleId, seed: 7, sample: 0 }
    await keep(`starters/${key}.webp`, await paint({ ...order, ...sizeOf(ratio) }))
  }
}

/** Cut to a square, as it is shown. */
async function keep(name: string, image: Buffer): Promise<void> {
  const file = path.resolve('public', name)
  await mkdir(path.dirname(file), { recursive: true })
  const small = await sharp(image).resize(SIDE_PX, SIDE_PX).webp({ quality: 80 }).toBuffer()
  await writeFile(file, small)
  console.log(`${name} ${Math.round(small.length / 1024)} KB`)
}

async function paintAll(): Promise<void> {
  await paintStyles()
  await paintStarters()
}

void paintAll()
