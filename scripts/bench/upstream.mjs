// @ts-check
// A Flamel that answers at once (or, asked with `held`, after 300 ms) with images it never sent before, from prepared
// base64. Its own process. `/answered` says when the last answer had left, in milliseconds since the epoch.
import http from 'node:http'
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'

/**
 * Noise of about that size as webp, cut to whole groups of base64, with room for a tail that makes each one new.
 * @param {number} sizeBytes
 */
async function prepare(sizeBytes) {
  const side = Math.round(Math.sqrt(sizeBytes / 3.1))
  const noise = randomBytes(side * side * 3)
  const webp = await sharp(noise, { raw: { width: side, height: side, channels: 3 } })
    .webp({ lossless: true })
    .toBuffer()
  const padded = Buffer.concat([webp, Buffer.alloc((3 - (webp.length % 3)) % 3)])
  return padded.toString('base64')
}

/** Flamel's, and the one that gateways know. */
const PATHS = ['/api/images/create', '/api/images/generations']
const small = await prepare(50 * 1024)
const large = await prepare(1024 * 1024)
let nextImageId = Date.now()
let answeredAt = 0

/** @param {string} base64 @param {string} groupId */
function image(base64, groupId) {
  return `{"imageId":${nextImageId++},"createdAt":"2026-01-01T00:00:00.000Z","generationStatus":"COMPLETED","generationError":null,"resolution":"1024x1024","ownerId":1,"etc":"","bookmarked":false,"mimeType":"image/webp","Bought":[],"Bookmarks":[],"Upscaled":[],"GenerationInfo":{"originalPrompt":"p","super":"s","main":"m","variationId":0,"groupId":"${groupId}","blurReason":""},"base64":"${base64}${randomBytes(24).toString('base64')}"}`
}

http
  .createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    if (request.url === '/answered') return void response.end(String(answeredAt))
    if (!PATHS.includes(request.url ?? '')) {
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"success":false,"code":404,"data":"none"}')
      return
    }
    const { sample, n = sample, prompt } = JSON.parse(Buffer.concat(chunks).toString())
    const base64 = String(prompt).includes('large') ? large : small
    const images = Array.from({ length: n }, () => image(base64, 'g')).join(',')
    if (String(prompt).includes('held')) await delay(300)
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(
      `{"images":[${images}],"defaultCredit":50,"dailyCredit":100,"monthlyCredit":300}`,
      () => (answeredAt = Date.now()),
    )
  })
  .listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'))
