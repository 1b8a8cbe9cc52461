import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, AnswerImage } from '@/lib/upstream/answer'
import { followAnswer, readAnswer, toAnswerImage } from '@/lib/upstream/flamel/answer'
import { AnswerScanner } from '@/lib/upstream/flamel/answer-scanner'
import { Follower } from '@/lib/upstream/follower'
import { findSpool, SpoolWriter } from '@/lib/upstream/spool'

let directory = ''
beforeAll(async () => void (directory = await fs.mkdtemp(path.join(os.tmpdir(), 'studio-answer-'))))
afterAll(() => fs.rm(directory, { recursive: true, force: true }))

async function spool(body: string | Buffer): Promise<string> {
  const spoolPath = path.join(directory, randomBytes(6).toString('hex'))
  const writer = await SpoolWriter.open(spoolPath)
  const now = new Date()
  const stream = writer.body({ status: 201, sentAt: now })
  await new Promise<void>((resolve) => stream.end(body, resolve))
  await writer.keep({ status: 201, sentAt: now, receivedAt: now, whole: true })
  return spoolPath
}

async function read(body: string | Buffer): Promise<{ answer: Answer; images: AnswerImage[] }> {
  const images: AnswerImage[] = []
  const answer = await readAnswer(await spool(body), (image) => void images.push(image))
  return { answer, images }
}

const imageBytes = (sizeBytes: number) => randomBytes(sizeBytes)
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const entry = (imageId: number, bytes: Buffer, extra: object = {}) => ({
  imageId,
  base64: bytes.toString('base64'),
  mimeType: 'image/webp',
  GenerationInfo: { originalPrompt: '"quoted" \\ back/slash 바다 🌊', groupId: 'g', blurReason: '' },
  ...extra,
})
const whole = (images: object[]) => ({ images, defaultCredit: 400, dailyCredit: 10, monthlyCredit: 199.5 })

describe('a whole answer', () => {
  test('yields every image with its hash, and the rest without base64', async () => {
    const [one, two] = [imageBytes(300_001), imageBytes(70_000)]
    const { answer, images } = await read(JSON.stringify(whole([entry(7, one, { note: 1 }), entry(8, two)])))
    expect(answer).toMatchObject({ complete: true, images: 2 })
    expect(answer.balances).toEqual({ defaultCredit: 400, dailyCredit: 10, monthlyCredit: 199.5 })
    expect(images.map(({ imageId, state }) => [imageId, state])).toEqual([
      [7, 'completed'],
      [8, 'completed'],
    ])
    expect(images[0]?.decoded?.bytes.equals(one)).toBe(true)
    expect(images[1]?.decoded?.sha256).toBe(sha256(two))
    expect(images[0]?.fields).toMatchObject({ groupId: 'g' })
    expect(answer.json.images).toMatchObject([{ note: 1 }, {}])
    expect(JSON.stringify(answer.json)).not.toContain('base64')
  })

  test('waits for each image to be kept before it reads on', async () => {
    const order: string[] = []
    const spoolPath = await spool(JSON.stringify(whole([entry(1, imageBytes(9)), entry(2, imageBytes(9))])))
    await readAnswer(spoolPath, async ({ imageId }) => {
      order.push(`begin ${imageId}`)
      await Promise.resolve()
      order.push(`end ${imageId}`)
    })
    expect(order).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2'])
  })

  test('lets a data URL, escaped slashes, unicode escapes and white space in base64 pass', async () => {
    const bytes = Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7 + 251) % 256))
    const base64 = bytes.toString('base64')
    const spellings = [
      base64.replaceAll('/', '\\/'),
      `data:image/webp;base64,${base64}`,
      base64.replaceAll('+', '\\u002b').replaceAll('=', '\\u003D'),
      base64.replace(/.{76}/g, '$&\\r\\n'),
      base64.replaceAll('=', ''),
      bytes.toString('base64url'),
    ]
    for (const spelling of spellings) {
      const { images, answer } = await read(`{"images":[{"imageId":1,"base64":"${spelling}"}]}`)
      expect(answer.complete).toBe(true)
      expect(images[0]?.decoded?.bytes.equals(bytes), spelling.slice(0, 60)).toBe(true)
    }
  })

  test('takes no image from other members, and no base64 from deeper objects', async () => {
    const body = {
      other: { images: [entry(9, imageBytes(5))] },
      images: [{ nested: { base64: 'AAAA', images: [{ base64: 'BBBB' }] }, imageId: 1 }],
      base64: 'CCCC',
    }
    const { images, answer } = await read(JSON.stringify(body))
    expect(images).toHaveLength(1)
    expect(images[0]).toMatchObject({ imageId: 1, decoded: null, isUndecodable: false, state: 'failed' })
    expect(answer.json.images).toMatchObject([{ nested: body.images[0]?.nested }])
    expect(answer.balances).toBeNull()
  })

  test('tells a failed, a pending and an undecodable image apart', async () => {
    const { images } = await read(
      JSON.stringify(
        whole([
          { imageId: 1, generationStatus: 'FAILED', generationError: 'no', base64: '' },
          { imageId: 2, generationStatus: 'PENDING', base64: '' },
          { imageId: 3, generationStatus: 'COMPLETED', base64: '%%not base64%%' },
          { imageId: 4, base64: 'AAA=AAAA' },
          { imageId: 'five', base64: 'A' },
        ]),
      ),
    )
    expect(images.map(({ state, isUndecodable, imageId }) => [imageId, state, isUndecodable])).toEqual([
      [1, 'failed', false],
      [2, 'pending', false],
      [3, 'failed', true],
      [4, 'failed', true],
      [null, 'failed', true],
    ])
  })
})

describe('an answer that is not whole', () => {
  test('gives the images that came whole, wherever it was cut', async () => {
    const originals = [imageBytes(40), imageBytes(50), imageBytes(60)]
    const text = JSON.stringify(whole(originals.map((bytes, at) => entry(at + 1, bytes))))
    const ends = originals.map(
      (bytes) => text.indexOf(bytes.toString('base64')) + bytes.toString('base64').length,
    )
    for (let cut = 0; cut < text.length; cut += 1) {
      const scanner = new AnswerScanner([])
      const scanned = scanner.push(Buffer.from(text.slice(0, cut)))
      const salvaged = scanner.salvage()
      const kept = salvaged ? [...scanned, salvaged] : scanned
      expect(kept.length, `cut at ${cut}`).toBe(ends.filter((end) => end < cut).length)
      for (const [at, image] of kept.entries()) {
        expect(image.decoded?.sha256).toBe(sha256(originals[at] ?? Buffer.alloc(0)))
        expect(toAnswerImage(image, at).imageId).toBe(at + 1)
      }
    }
  })

  test('is not complete when cut, when garbage, and when its images are not a list of objects', async () => {
    const text = JSON.stringify(whole([entry(1, imageBytes(30))]))
    const bodies = [
      '',
      'garbage',
      '<html>',
      '[]',
      'null',
      '{}',
      '{"images":{}}',
      '{"images":[null]}',
      '{"images":[}]',
    ]
    for (const body of [...bodies, text.slice(0, -1), text.replace('"images":[', '"images":[1,')])
      expect((await read(body)).answer.complete, body.slice(0, 20)).toBe(false)
  })

  test('says of a crash in the middle what had come, and that it was not whole', async () => {
    const spoolPath = path.join(directory, 'crashed')
    const writer = await SpoolWriter.open(spoolPath)
    expect(await findSpool(spoolPath)).toBeNull()
    const text = JSON.stringify(whole([entry(1, imageBytes(30)), entry(2, imageBytes(30))]))
    const stream = writer.body({ status: 201, sentAt: new Date() })
    await new Promise<void>((resolve) => stream.write(Buffer.from(text.slice(0, -60)), () => resolve()))
    expect(await findSpool(spoolPath)).toMatchObject({ status: 201, whole: false })
    const images: AnswerImage[] = []
    const answer = await readAnswer(spoolPath, (image) => void images.push(image))
    expect(answer.complete).toBe(false)
    expect(images[0]?.imageId).toBe(1)
    await writer.discard()
  })
})

test('is whole when the process died after the last announced byte', async () => {
  const spoolPath = path.join(directory, 'last-byte')
  const writer = await SpoolWriter.open(spoolPath)
  const text = Buffer.from(JSON.stringify(whole([entry(1, imageBytes(30))])))
  const stream = writer.body({ status: 201, sentAt: new Date(), contentLength: text.length })
  await new Promise<void>((resolve) => stream.write(text.subarray(0, 50), () => resolve()))
  expect(await findSpool(spoolPath)).toMatchObject({ whole: false })
  await new Promise<void>((resolve) => stream.write(text.subarray(50), () => resolve()))
  expect(await findSpool(spoolPath)).toMatchObject({ whole: true, receivedAt: expect.any(Date) })
  expect((await readAnswer(spoolPath, () => {})).complete).toBe(true)
  await writer.discard()
})

describe('the scanner against JSON.parse', () => {
  test('agrees on random documents, however they are cut into chunks', () => {
    const random = randomNumbers(20260718)
    for (let round = 0; round < 400; round += 1) {
      const document = randomDocument(random)
      const text = random() < 0.5 ? JSON.stringify(document) : JSON.stringify(document, null, 2)
      const bytes = Buffer.from(random() < 0.3 ? text.replaceAll('/', '\\/') : text)
      const scanner = new AnswerScanner([])
      const scanned = []
      for (let at = 0; at < bytes.length;) {
        const size = 1 + Math.floor(random() ** 3 * 200)
        scanned.push(...scanner.push(Buffer.from(bytes.subarray(at, at + size))))
        at += size
      }
      const expected = document.images.map((image) => ({
        ...image,
        base64: undefined,
      }))
      const { images: _, ...rest } = document
      expect(scanner.isWhole, text).toBe(true)
      expect(scanner.document()).toEqual(JSON.parse(JSON.stringify(rest)))
      expect(scanned.map(({ members }) => members)).toEqual(JSON.parse(JSON.stringify(expected)))
      expect(scanned.map(({ decoded }) => decoded?.bytes.toString('base64') ?? '')).toEqual(
        document.images.map((image) => ('base64' in image ? String(image.base64) : '')),
      )
    }
  })

  test('never throws for random bytes', () => {
    const random = randomNumbers(7)
    const alphabet = '{}[]",:\\u0base64images1 \n'
    for (let round = 0; round < 2000; round += 1) {
      const scanner = new AnswerScanner([])
      for (let piece = 0; piece < 3; piece += 1) {
        const text = Array.from({ length: 40 }, () => alphabet[Math.floor(random() * alphabet.length)]).join(
          '',
        )
        scanner.push(Buffer.from(`${piece === 0 && random() < 0.5 ? '{"images":[{"base64":"' : ''}${text}`))
      }
      scanner.salvage()
    }
  })
})

function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

function randomDocument(
  random: () => number,
): { images: Record<string, unknown>[] } & Record<string, unknown> {
  const images = Array.from({ length: Math.floor(random() * 5) }, () =>
    shuffled(random, {
      imageId: Math.floor(random() * 1e6),
      ...(random() < 0.9 && { base64: randomBytes(1 + Math.floor(random() * 400)).toString('base64') }),
      [randomText(random)]: randomValue(random, 3),
      GenerationInfo: randomValue(random, 2),
    }),
  )
  return {
    images,
    ...shuffled(random, { dailyCredit: 1, [`z${randomText(random)}`]: randomValue(random, 3) }),
  }
}

function shuffled(random: () => number, members: Record<string, unknown>): Record<string, unknown> {
  const order = Object.entries(members).map((member) => ({ member, at: random() }))
  return Object.fromEntries(order.sort((a, b) => a.at - b.at).map(({ member }) => member))
}

function randomValue(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 7 : 5))
  if (kind === 0) return null
  if (kind === 1) return random() < 0.5
  if (kind === 2) return Math.floor(random() * 1e9) / 1000
  if (kind < 5) return randomText(random)
  if (kind === 5)
    return Array.from({ length: Math.floor(random() * 3) }, () => randomValue(random, depth - 1))
  return { [randomText(random)]: randomValue(random, depth - 1), base64: randomText(random), images: [] }
}

function randomText(random: () => number): string {
  const pieces = [
    'a',
    '"',
    '\\',
    '/',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\n',
    '\u0001',
    '한',
    '🌊',
    'base6',
    '\\"',
  ]
  return Array.from(
    { length: Math.floor(random() * 9) },
    () => pieces[Math.floor(random() * pieces.length)],
  ).join('')
}

test('leaves the room in memory to other answers where it is not read to its end', async () => {
  const writer = await SpoolWriter.open(path.join(directory, randomBytes(6).toString('hex')))
  const coding = { encoding: 'gzip, gzip, gzip, gzip' } // more than are undone
  const times = { status: 201, sentAt: new Date(), receivedAt: new Date() }
  const reading = followAnswer(writer, coding, () => {})
  const stream = writer.body({ ...times, ...coding })
  for (const piece of [1, 2, 3].map(() => randomBytes(2_000_000)))
    await new Promise((resolve) => stream.write(piece, resolve))
  await new Promise<void>((resolve) => stream.end(resolve))
  await writer.keep({ ...times, whole: true })
  expect(await reading).toBeNull()

  const other = new Follower()
  const pieces = [1, 2, 3].map(() => randomBytes(2_000_000))
  for (const piece of pieces) other.give(piece)
  other.end()
  const read: Buffer[] = []
  const unopened = () => Promise.reject(new Error('read from the file'))
  for await (const piece of other.read(unopened, 0)) read.push(piece)
  expect(Buffer.concat(read).equals(Buffer.concat(pieces))).toBe(true)
})
