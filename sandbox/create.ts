import { createHash } from 'node:crypto'
import { sizeOf } from '@/lib/upstream/ratios'
import { createImageRequest, type CreateImageRequest } from '@/lib/upstream/schema'
import type { Answer, Context, Exchange } from '@/sandbox/context'
import { readDirectives, numberOf, type Directives } from '@/sandbox/directives'
import { afterWork, beforeWork, beforeAnything } from '@/sandbox/faults'
import { parseJson, pause, readBody, send } from '@/sandbox/http'
import type { LedgerEntry } from '@/sandbox/ledger'
import { toCreatedImage, type Recipe } from '@/sandbox/recipe'
import { envelope, refusalAnswer } from '@/sandbox/refusals'
import { findSource, type PaintSource } from '@/sandbox/sources'

const BODY_MAX_BYTES = 64 << 10

type Work = { request: CreateImageRequest; source: PaintSource; directives: Directives; entry: LedgerEntry }

/** POST /api/images/create: validation, refusals, slots and credits in this order, then the work, then the answer. */
export async function createImages(context: Context, exchange: Exchange, entry: LedgerEntry): Promise<void> {
  const read = await readRequest(exchange)
  if (!read.request) return refuse(exchange, entry, read.answer)
  const { request } = read
  Object.assign(entry, { prompt: request.prompt, groupId: request.groupId, sample: request.sample })
  const directives = activeDirectives(context, request.prompt)
  if (await beforeAnything({ exchange, entry, directives })) return
  const source = findSource(request, context.store)
  if ('status' in source) return refuse(exchange, entry, source)
  if (!takeSlot(context)) return refuse(exchange, entry, refusalAnswer('simultaneous_generation_limit'))
  try {
    if (await beforeWork({ exchange, entry, directives })) return
    if (!context.store.spend(request.sample))
      return refuse(exchange, entry, refusalAnswer('not_enough_credit'))
    entry.charged = request.sample
    await work(context, exchange, { request, source, directives, entry })
  } catch (error) {
    if (exchange.response.headersSent) throw error
    context.store.giveBack(entry.charged)
    Object.assign(entry, { charged: 0, outcome: 'sandbox_error', status: 500 })
    send(exchange.response, envelope(500, 'sandbox_error'))
  } finally {
    context.slots.inFlight -= 1
  }
}

async function readRequest({
  request,
}: Exchange): Promise<{ request: CreateImageRequest } | { request: null; answer: Answer }> {
  const body = await readBody(request, BODY_MAX_BYTES)
  if (!body) return { request: null, answer: envelope(413, 'payload_too_large') }
  const parsed = createImageRequest.safeParse(parseJson(body))
  if (parsed.success) return { request: parsed.data }
  const path = parsed.error.issues[0]?.path.join('.') || 'body'
  return { request: null, answer: envelope(400, `validation_failed (${path})`) }
}

/** Those of the switches, then those of the prompt; `times=N` lets only the first N calls of a prompt feel them. */
function activeDirectives({ store, ledger }: Context, prompt: string): Directives {
  const directives = new Map([...Object.entries(store.switches.directives), ...readDirectives(prompt)])
  const times = numberOf(directives, 'times', 1)
  if (times === undefined) return directives
  const calls = ledger.entries().filter((entry) => entry.prompt === prompt).length
  return calls > times ? new Map() : directives
}

function takeSlot({ slots, store, settings }: Context): boolean {
  if (slots.inFlight + store.pendingCount() >= (store.switches.slots ?? settings.slots)) return false
  slots.inFlight += 1
  slots.highest = Math.max(slots.highest, slots.inFlight)
  return true
}

async function work(context: Context, exchange: Exchange, { entry, ...rest }: Work): Promise<void> {
  const { store, painter, settings } = context
  const { request, directives } = rest
  const started = settings.now()
  const recipes = writeRecipes(context, rest)
  entry.imageIds = recipes.map(({ imageId }) => imageId)
  if (!request.async) {
    const painted = recipes.map((recipe) =>
      recipe.status === 'FAILED' ? Promise.resolve() : painter.paint(recipe),
    )
    await Promise.all(painted)
    const latencyMs = numberOf(directives, 'slow', 2000) ?? randomLatency(context)
    await pause(exchange.response, latencyMs - (settings.now() - started))
  }
  store.keep(recipes)
  const failed = recipes.filter(({ status }) => status === 'FAILED').length
  if (failed > 0) {
    store.giveBack(failed)
    entry.charged -= failed
  }
  const { defaultCredit, dailyCredit, monthlyCredit } = store.credits()
  const images = await Promise.all(recipes.map((recipe) => describe(context, recipe)))
  const answer = { status: 201, body: { images, defaultCredit, dailyCredit, monthlyCredit } }
  entry.outcome = 'created'
  entry.status = 201
  if (!(await afterWork({ exchange, entry, directives, answer }))) send(exchange.response, answer)
}

/** The image with its bytes, when it has any yet. */
export async function describe({ painter, settings }: Context, recipe: Recipe) {
  const now = settings.now()
  const isThere = recipe.readyAt <= now && recipe.status === 'COMPLETED'
  return toCreatedImage(recipe, isThere ? await painter.paint(recipe) : null, now)
}

function writeRecipes(context: Context, { request, source, directives }: Omit<Work, 'entry'>): Recipe[] {
  const { store, settings } = context
  const count = Math.max(0, request.sample - (numberOf(directives, 'fewer', 1) ?? 0))
  const ids = store.newImageIds(count)
  const seed = numberOf(directives, 'seed', 1) ?? seedFrom(ids[0] ?? 0)
  const failed = numberOf(directives, 'failed', count) ?? (directives.has('async_failed') ? count : 0)
  const blurred = numberOf(directives, 'blurred', count) ?? 0
  const bytes = numberOf(directives, 'bytes', 0)
  const isPlain = settings.isPlain || directives.has('plain') || bytes !== undefined
  const now = settings.now()
  const waitMs = numberOf(directives, 'pending', 3000) ?? randomLatency(context)
  return ids.map((imageId, sample) => ({
    imageId,
    createdAt: new Date(now).toISOString(),
    prompt: request.prompt,
    seed,
    sample,
    ...sizeOf(request.ratio),
    ...source,
    groupId: request.groupId ?? `sandbox-${ids[0]}`,
    status: sample < failed ? 'FAILED' : 'COMPLETED',
    readyAt: request.async ? now + waitMs : now,
    isBlurred: sample < blurred,
    ...(isPlain && { plain: { bytes } }),
  }))
}

function seedFrom(imageId: number): number {
  return createHash('sha256').update(String(imageId)).digest().readUInt32BE(0)
}

function randomLatency({ store, settings }: Context): number {
  const [least, most] = store.switches.latencyMs ?? settings.latencyMs
  return least + Math.random() * Math.max(0, most - least)
}

function refuse({ response }: Exchange, entry: LedgerEntry, answer: Answer | undefined): void {
  const { status, body } = answer ?? envelope(500, 'sandbox_error')
  Object.assign(entry, { outcome: 'refused', status })
  send(response, { status, body })
}
