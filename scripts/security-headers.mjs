// @ts-check
// The headers that every answer carries, whoever writes it: pages, JSON, bytes, redirects, errors and static files.
import { randomBytes } from 'node:crypto'

/** What belongs to the page alone is off: no page of the studio uses any of these. */
const PERMISSIONS = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ')

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': PERMISSIONS,
}
const YEAR_S = 31_536_000
/** For what is no page: opened by itself it runs nothing, loads nothing and stands in nobody's frame. */
const NOT_A_PAGE =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

/** The lines of the head of an answer that Node writes itself, to what is no request. */
export const BARE_HEAD = Object.entries({ ...ALWAYS, 'content-security-policy': NOT_A_PAGE })
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')

/**
 * Sets the headers on an answer before anything else handles the request; what the handler sets itself is kept. The
 * page's policy also goes into the request: Next puts the nonce it finds there on every script of the page.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ isDev: boolean, trustsProxy: boolean }} options
 */
export function setSecurityHeaders(request, response, { isDev, trustsProxy }) {
  if (!trustsProxy) forgetProxy(request)
  /** @type {string | undefined} */
  let made
  const policy = () => (made ??= pagePolicy(randomBytes(16).toString('base64'), isDev))
  // made when a page is: most answers are bytes and JSON
  Object.defineProperty(request.headers, 'content-security-policy', {
    get: policy,
    enumerable: true,
    configurable: true,
  })
  const writeHead = response.writeHead
  // the policy depends on the content type, which is known only when the head is written
  response.writeHead = (/** @type {any[]} */ ...given) => {
    response.writeHead = writeHead
    const own = given.find((value) => typeof value === 'object' && value !== null) ?? {}
    const type = String(valueOf(own, 'content-type') ?? response.getHeader('content-type') ?? '')
    const headers = {
      ...ALWAYS,
      ...(isHttps(request) && { 'strict-transport-security': `max-age=${YEAR_S}` }),
      'content-security-policy': type.startsWith('text/html') ? policy() : NOT_A_PAGE,
    }
    for (const [name, value] of Object.entries(headers))
      if (!response.hasHeader(name) && valueOf(own, name) === undefined) response.setHeader(name, value)
    return Reflect.apply(writeHead, response, given)
  }
}

/**
 * A script runs by its nonce or from a file of the studio. `strict-dynamic` would also run what a trusted script writes
 * into the page; other answers of this address are no scripts, their content types and `nosniff` say so. Styles may stand
 * inline: React writes style attributes (sizes of images, positions of rows), which no nonce can cover, and a style
 * runs nothing.
 * @param {string} nonce
 * @param {boolean} isDev React's development build evaluates code to rebuild the server's stack traces
 */
function pagePolicy(nonce, isDev) {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Without a proxy in front these are the visitor's own claims; Next then writes what the socket knows.
 * @param {import('node:http').IncomingMessage} request
 */
function forgetProxy(request) {
  for (const name of ['for', 'proto', 'host', 'port']) delete request.headers[`x-forwarded-${name}`]
}

/** @param {import('node:http').IncomingMessage} request */
const isHttps = (request) => String(request.headers['x-forwarded-proto'] ?? '').startsWith('https')

/**
 * @param {object} headers as `writeHead` takes them: an object, or a flat list of names and values
 * @param {string} wanted
 */
function valueOf(headers, wanted) {
  if (Array.isArray(headers)) {
    const at = headers.findIndex((name, place) => place % 2 === 0 && String(name).toLowerCase() === wanted)
    return at < 0 ? undefined : headers[at + 1]
  }
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]
}
