// Paints the thumbnails of the sandbox's styles into public/styles: run `npm run styles:paint` after the painter changed.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { paint } from '@/lib/sandbox/painter/paint'
import { SANDBOX_STYLES } from '@/lib/sandbox/styles'

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

async function paintAll(): Promise<void> {
  const folder = path.resolve('public/styles')
  await mkdir(folder, { recursive: true })
  for (const { styleId, nameEn } of SANDBOX_STYLES) {
    const order = { prompt: prompts[styleId] ?? nameEn, styleId, seed: 7, sample: 0 }
    const picture = await paint({ ...order, width: PAINTED_PX, height: PAINTED_PX })
    const small = await sharp(picture).resize(SIDE_PX, SIDE_PX).webp({ quality: 80 }).toBuffer()
    await writeFile(path.join(folder, `${styleId}.webp`), small)
    console.log(`${styleId} ${nameEn} ${Math.round(small.length / 1024)} KB`)
  }
}

void paintAll()
