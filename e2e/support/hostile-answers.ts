import type http from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { makeAnswer, type Call } from '@/e2e/support/upstream'

/** What must come of an answer: our state, and how many images are kept. */
type Expected = { status: 'succeeded' | 'failed' | 'unknown'; images: number }
export type HostileAnswer = Expected & {
  name: string
  send: (response: http.ServerResponse, asked: { call: Call; image: Buffer }) => void
}

type Json = Record<string, unknown>
type Made = { images: (Json & { base64: string; GenerationInfo: Json })[] } & Json

const succeeded: Expected = { status: 'succeeded', images: 1 }
const unknown: Expected = { status: 'unknown', images: 0 }
const failed: Expected = { status: 'failed', images: 0 }
const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }
const json = { 'content-type': 'application/json' }

/** A published answer with one image, changed. */
function changed(name: string, expected: Expected, change: (made: Made) => unknown): HostileAnswer {
  return written(name, expected, (made) => JSON.stringify(change(made) ?? made))
}

/** The same, as the bytes that go out. */
function written(
  name: string,
  expected: Expected,
  write: (made: Made) => string | Buffer,
  { status = 201, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): HostileAnswer {
  const send: HostileAnswer['send'] = (response, { call, image }) => {
    const bytes = Buffer.from(write(makeAnswer(call.body, [image], balances)))
    response.writeHead(status, { ...json, 'content-length': bytes.length, ...headers }).end(bytes)
  }
  return { name, ...expected, send }
}

function refused(name: string, body: unknown, headers: Record<string, string> = {}): HostileAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    name,
    ...failed,
    send: (response) => void response.writeHead(400, { ...json, ...headers }).end(text),
  }
}

const inImage = (name: string, members: Json, expected = succeeded) =>
  changed(name, expected, (made) => void Object.assign(made.images[0] ?? {}, members))
const inInfo = (name: string, members: Json) =>
  changed(name, succeeded, (made) => void Object.assign(made.images[0]?.GenerationInfo ?? {}, members))
const around = (name: string, members: Json) => changed(name, succeeded, (made) => ({ ...members, ...made }))
const encoded = (encoding: string, encode: (bytes: Buffer) => Buffer) =>
  written(`encoded as ${encoding}`, succeeded, (made) => encode(Buffer.from(JSON.stringify(made))), {
    headers: { 'content-encoding': encoding },
  })
const inCharset = (charset: string, encode: (text: string) => Buffer) =>
  written(`in ${charset}`, succeeded, (made) => encode(JSON.stringify(made)), {
    headers: { 'content-type': `application/json; charset=${charset}` },
  })

/** A Zstandard frame of blocks that are stored (type 0) or repeat one byte (type 1); Node 20 cannot make one. */
function zstd(blocks: { type: 0 | 1; size: number; content: Buffer }[]): Buffer {
  const parts = blocks.map(({ type, size, content }, at) => {
    const head = Buffer.alloc(3)
    head.writeUIntLE((size << 3) | (type << 1) | (at === blocks.length - 1 ? 1 : 0), 0, 3)
    return Buffer.concat([head, content])
  })
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]), ...parts])
}

const stored = (content: Buffer) => zstd([{ type: 0, size: content.length, content }])
const zstdBomb = () =>
  zstd(Array.from({ length: 20_000 }, () => ({ type: 1 as const, size: 1 << 17, content: Buffer.from('[') })))

const deep = (levels: number) => `${'{"a":['.repeat(levels / 2)}1${']}'.repeat(levels / 2)}`
const withMember = (made: Made, member: string) => `{${member},${JSON.stringify(made).slice(1)}`
const withImageMember = (made: Made, member: string) =>
  JSON.stringify(made).replace('"images":[{', `"images":[{${member},`)
const MANY = 100_000

export const hostileAnswers: HostileAnswer[] = [
  inInfo('NUL in groupId', { groupId: 'a\0b' }),
  inInfo('a lone surrogate in groupId', { groupId: 'a\ud800' }),
  inInfo('a groupId of 1 MB', { groupId: 'g'.repeat(1 << 20) }),
  inInfo('NUL in blurReason', { blurReason: 'a\0b' }),
  inInfo('a blurReason of 1 MB', { blurReason: '\u{1f30a}'.repeat(1 << 18) }),
  inInfo('a blurReason that is no text', { blurReason: { why: 1 } }),
  inInfo('numbers for names', { groupId: 1e308, blurReason: false, originalPrompt: [] }),
  inImage('NUL in generationError', { generationStatus: 'FAILED', generationError: 'a\0\ud800' }, failed),
  inImage(
    'an endless generationError',
    { generationStatus: 'FAILED', generationError: 'no '.repeat(1 << 18) },
    failed,
  ),
  inImage(
    'words of a broken connection',
    { generationStatus: 'FAILED', generationError: 'Connection terminated, ENOENT' },
    failed,
  ),
  inImage('a state in small letters', { generationStatus: 'completed' }),
  inImage('a state nobody knows', { generationStatus: 'DREAMT' }),
  inImage('an imageId beyond 2^53', { imageId: 2 ** 60 }),
  inImage('a negative imageId', { imageId: -5 }),
  inImage('an imageId that is a fraction', { imageId: 1.5 }),
  inImage('an imageId that is text', { imageId: '\0' }),
  inImage(
    'a size beyond every integer',
    { resolution: '99999999999x99999999999', generationStatus: 'FAILED', base64: '' },
    failed,
  ),
  inImage('a date in the year 275760', { createdAt: '+275760-09-13T00:00:00.000Z' }),
  inImage('a type that lies', { mimeType: 'text/html' }),
  inImage('an empty image', { base64: '' }, unknown),
  inImage('an image that is no text', { base64: 17 }, unknown),
  inImage(
    'promised for later without a number',
    { generationStatus: 'PENDING', imageId: null, base64: '' },
    unknown,
  ),
  inImage('promised for later, and never told', { generationStatus: 'PENDING', base64: '' }, unknown),
  changed(
    'a data: address',
    succeeded,
    ({ images: [image] }) => void (image && (image.base64 = `data:image/webp;base64,${image.base64}`)),
  ),
  changed(
    'base64 in lines',
    succeeded,
    ({ images: [image] }) => void (image && (image.base64 = image.base64.replace(/.{60}/g, '$&\r\n'))),
  ),
  changed('17 images', { status: 'succeeded', images: 16 }, (made) => ({
    ...made,
    images: Array.from({ length: 17 }, (_, at) => ({ ...made.images[0], imageId: Date.now() * 1000 + at })),
  })),
  changed('four images of one number', { status: 'succeeded', images: 4 }, (made) => ({
    ...made,
    images: Array.from({ length: 4 }, () => made.images[0]),
  })),
  changed('wild balances', succeeded, (made) => ({
    ...made,
    defaultCredit: 1e308,
    dailyCredit: '7',
    monthlyCredit: null,
  })),
  written('balances that are no JSON', succeeded, (made) =>
    withMember(made, '"dailyCredit":NaN,"monthlyCredit":1e999,"defaultCredit":-0'),
  ),
  written('names twice', succeeded, (made) => withMember(made, '"images":null,"images":7,"dailyCredit":"x"')),
  written('__proto__ and constructor', succeeded, (made) =>
    withMember(made, '"__proto__":{"images":[]},"constructor":{"prototype":1}'),
  ),
  written('a member 5,000 deep', succeeded, (made) => withMember(made, `"x":${deep(5_000)}`)),
  written('a member of an image 5,000 deep', succeeded, (made) =>
    withImageMember(made, `"x":${deep(5_000)}`),
  ),
  written('a member 1,000,000 deep', succeeded, (made) => withMember(made, `"x":${deep(1_000_000)}`)),
  written('a name of 1 MB', succeeded, (made) => withMember(made, `"${'k'.repeat(1 << 20)}":1`)),
  around('a member of 4 MB', { etc: 'x'.repeat(4 << 20) }),
  around(`${MANY} members`, Object.fromEntries(Array.from({ length: MANY }, (_, at) => [`m${at}`, at]))),
  inImage(
    `${MANY} members in an image`,
    Object.fromEntries(Array.from({ length: MANY }, (_, at) => [`m${at}`, 'x'])),
  ),
  written(`${MANY} tiny entries`, unknown, () => `{"images":[${Array(MANY).fill('{"imageId":1}').join()}]}`),
  written(`${MANY} empty lists`, unknown, () => `{"images":[${Array(MANY).fill('[]').join()}]}`),
  written('2,000,000 brackets', unknown, () => '['.repeat(2_000_000)),
  written('8 MB of white space', succeeded, (made) => ' '.repeat(8 << 20) + JSON.stringify(made)),
  written('4 MB of escapes', succeeded, (made) => withMember(made, `"x":"${'\\"'.repeat(2 << 20)}"`)),
  changed('wrapped in data', succeeded, (made) => ({ data: made })),
  changed('wrapped in success and data', succeeded, (made) => ({ success: true, data: made })),
  changed('wrapped twice', succeeded, (made) => ({ code: 201, data: { result: made } })),
  changed('images that are null', unknown, (made) => ({ ...made, images: null })),
  changed('images that are an object', unknown, (made) => ({ ...made, images: { 0: made.images[0] } })),
  encoded('gzip', gzipSync),
  encoded('x-gzip', gzipSync),
  encoded('deflate', deflateSync),
  written('raw deflate', succeeded, (made) => deflateRawSync(JSON.stringify(made)), {
    headers: { 'content-encoding': 'deflate' },
  }),
  encoded('br', brotliCompressSync),
  encoded('zstd', stored),
  written('zstd that nobody announced', succeeded, (made) => stored(Buffer.from(JSON.stringify(made)))),
  written('a zstd bomb', unknown, zstdBomb, { headers: { 'content-encoding': 'zstd' } }),
  encoded('gzip, br', (bytes) => brotliCompressSync(gzipSync(bytes))),
  written('gzip that nobody announced', succeeded, (made) => gzipSync(JSON.stringify(made))),
  written('plain text announced as gzip', succeeded, (made) => JSON.stringify(made), {
    headers: { 'content-encoding': 'gzip' },
  }),
  written('a coding that nobody knows', unknown, (made) => gzipSync(JSON.stringify(made)), {
    headers: { 'content-encoding': 'zz\t"\\' },
  }),
  written('broken gzip', unknown, (made) => gzipSync(JSON.stringify(made)).fill(7, 40), {
    headers: { 'content-encoding': 'gzip' },
  }),
  written('a gzip bomb', unknown, () => gzipSync(Buffer.alloc(64 << 20, '{"a":[')), {
    headers: { 'content-encoding': 'gzip' },
  }),
  inCharset('utf-16le', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  inCharset('utf-16be', (text) => Buffer.from(text, 'utf16le').swap16()),
  inCharset('euc-kr', (text) => Buffer.from(text, 'latin1')),
  inCharset('nothing-known', (text) => Buffer.from(text)),
  written('a byte order mark', succeeded, (made) => `\ufeff${JSON.stringify(made)}`),
  written('bytes that are no UTF-8', succeeded, (made) =>
    Buffer.concat([
      Buffer.from('{"x":"'),
      Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
      Buffer.from(`",${JSON.stringify(made).slice(1)}`),
    ]),
  ),
  written('something after the end', succeeded, (made) => `${JSON.stringify(made)}\n<!-- served by -->`),
  written('two documents', succeeded, (made) => `${JSON.stringify(made)}${JSON.stringify(made)}`),
  written('200 instead of 201', succeeded, (made) => JSON.stringify(made), { status: 200 }),
  written('an end before the announced one', succeeded, (made) => JSON.stringify(made), {
    headers: { 'content-length': '999999' },
  }),
  { name: '204', ...unknown, send: (response) => void response.writeHead(204).end() },
  {
    name: 'a status text with controls',
    ...unknown,
    send: (response) => void response.socket?.end('HTTP/1.1 201 \x01\x02\xff\r\ncontent-length: 2\r\n\r\n{}'),
  },
  {
    name: 'a flood of headers',
    ...unknown,
    send: (response) =>
      void response.socket?.end(
        `HTTP/1.1 201 Created\r\n${Array.from({ length: 5_000 }, (_, at) => `x-${at}: ${at}\r\n`).join('')}\r\n`,
      ),
  },
  {
    name: 'one byte a chunk, with a trailer',
    ...succeeded,
    send: (response, { call, image }) => {
      const text = JSON.stringify(makeAnswer(call.body, [image], balances))
      const pad = ' '.repeat(200_000)
      const chunks = Array.from(pad + text, (letter) => `1\r\n${letter}\r\n`).join('')
      response.socket?.end(
        `HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\ntrailer: x\r\n\r\n${chunks}0\r\nx: \x7f\r\n\r\n`,
      )
    },
  },
  refused('a refusal with NUL in its parameter', {
    success: false,
    code: 404,
    data: 'no_style_with_that_id (1\0\ud8002)',
  }),
  {
    ...{ name: 'a refusal that is compressed', ...failed },
    send: (response) =>
      void response
        .writeHead(404, { ...json, 'content-encoding': 'gzip' })
        .end(gzipSync('{"success":false,"code":404,"data":"no_input_image (7)"}')),
  },
  refused('a refusal of 64 KB', { success: false, code: 400, data: 'x'.repeat(1 << 16) }),
  refused('a refusal without words', '\0\0\0'),
  refused('a refusal whose words break connections', {
    success: false,
    code: 404,
    data: 'no_input_image (Connection terminated ENOENT)',
  }),
]
