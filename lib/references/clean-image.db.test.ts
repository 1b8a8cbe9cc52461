import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cleanImage } from '@/lib/references/clean-image'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'images-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function clean(bytes: Buffer) {
  const file = path.join(folder, randomUUID())
  await writeFile(file, bytes)
  return cleanImage(file)
}

const refusal = (bytes: Buffer) =>
  clean(bytes).then(
    () => 'taken',
    (error) => error.errors[0].code,
  )
const given = (name: string) => readFile(path.join('e2e/support/cases', name))
const noise = (width = 320, height = 240) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
const part = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share))

describe('a file that a browser shows', () => {
  test('is taken: an AVIF of another major brand, a JPEG without its end marker', async () => {
    expect(await clean(await given('mif1-brand.avif'))).toMatchObject({ width: 240, height: 160 })
    expect(await clean(await given('no-eoi.jpg'))).toMatchObject({ width: 240, height: 160 })
  })

  test('is taken as far as it goes when it ends too early', async () => {
    const jpeg = await noise().jpeg().toBuffer()
    const progressive = await noise().jpeg({ progressive: true }).toBuffer()
    const png = await noise().png().toBuffer()
    const oneChunk = await sharp({
      text: { text: 'Flamel <i>studio</i>\nFlamel studio', width: 300, height: 200, rgba: true },
    })
      .png()
      .toBuffer()
    for (const bytes of [jpeg, progressive, png, oneChunk]) {
      for (const share of [0.5, 0.9]) {
        const image = await clean(part(bytes, share))
        const { width, height } = await sharp(bytes).metadata()
        expect([image.width, image.height]).toEqual([width, height])
        const { channels } = await sharp(image.bytes).stats()
        expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(1)
      }
    }
  })

  test('is taken in every depth, colour space and kind of its format, in its first frame', async () => {
    const frames = await sharp(
      await Promise.all([noise(64, 64).png().toBuffer(), noise(64, 64).png().toBuffer()]),
      {
        join: { animated: true },
      },
    )
      .webp()
      .toBuffer()
    const files = {
      cmyk: await noise().toColourspace('cmyk').jpeg().toBuffer(),
      grey: await noise().greyscale().jpeg().toBuffer(),
      deep: await noise().toColourspace('rgb16').png().toBuffer(),
      palette: await noise().png({ palette: true, colours: 16 }).toBuffer(),
      interlaced: await noise().png({ progressive: true }).toBuffer(),
      translucent: await noise().ensureAlpha(0.5).png().toBuffer(),
      lossless: await noise().webp({ lossless: true }).toBuffer(),
      'with alpha': await noise().ensureAlpha(0.5).webp().toBuffer(),
      animated: frames,
    }
    for (const [name, bytes] of Object.entries(files)) {
      const { width, height } = await clean(bytes)
      expect([name, width, height]).toEqual(name === 'animated' ? [name, 64, 64] : [name, 320, 240])
    }
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'stands upright whatever its EXIF orientation (%i)',
    async (orientation) => {
      const bytes = await noise().withMetadata({ orientation }).jpeg().toBuffer()
      const { width, height } = await clean(bytes)
      expect([width, height]).toEqual(orientation > 4 ? [240, 320] : [320, 240])
    },
  )
})

describe('a file that cannot be a reference is refused with its reason', () => {
  const strip = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#c84' } })
      .png()
      .toBuffer()

  test('for its shape, when nothing of it would be left', async () => {
    expect(await refusal(await strip(20_000, 20))).toBe('too_narrow')
    expect(await refusal(await strip(20, 20_000))).toBe('too_narrow')
    expect(await refusal(await strip(2_000, 20))).toBe('too_narrow')
    expect(await refusal(await strip(2_000, 60))).toBe('taken')
  })

  test('for being HEIC', async () => {
    const box = Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', 'latin1')
    expect(await refusal(Buffer.concat([box, randomBytes(500)]))).toBe('heic')
  })

  test('for showing nothing at all', async () => {
    const jpeg = await noise().jpeg().toBuffer()
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]))
    expect(await refusal(jpeg.subarray(0, scan + 4))).toBe('damaged')
    const png = await noise().png().toBuffer()
    expect(await refusal(png.subarray(0, png.indexOf('IDAT') + 4))).toBe('damaged')
  })
})
