import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { plainImage } from '@/sandbox/plain-image'
import type { Recipe } from '@/sandbox/recipe'

const finished = z.object({
  order: z.number(),
  bytes: z.instanceof(Uint8Array).optional(),
  error: z.string().optional(),
})
type Waiting = { resolve: (bytes: Buffer) => void; reject: (error: Error) => void; worker: Worker }

/** On two cores one thread leaves the other to the Studio. */
const WORKERS = availableParallelism() > 2 ? 2 : 1
const KEPT_IMAGES = 64

/** Paints recipes in threads of their own; the newest images are kept for whoever asks again. */
export class ImagePainter {
  #workers: Worker[] = []
  #waiting = new Map<number, Waiting>()
  #orders = 0
  #recent = new Map<number, Promise<Buffer>>()

  paint(recipe: Recipe): Promise<Buffer> {
    const known = this.#recent.get(recipe.imageId)
    if (known) return known
    const painted = recipe.plain ? plainImage(recipe) : this.#order(recipe)
    this.#recent.set(recipe.imageId, painted)
    painted.catch(() => this.#recent.delete(recipe.imageId))
    const [oldest] = this.#recent.keys()
    if (this.#recent.size > KEPT_IMAGES && oldest !== undefined) this.#recent.delete(oldest)
    return painted
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()))
  }

  #order(recipe: Recipe): Promise<Buffer> {
    const order = (this.#orders += 1)
    const worker = this.#workers[order % WORKERS] ?? this.#start()
    return new Promise((resolve, reject) => {
      this.#waiting.set(order, { resolve, reject, worker })
      worker.postMessage({ order, recipe })
    })
  }

  #start(): Worker {
    const worker = new Worker(bootstrap('./paint-worker.ts'), { eval: true })
    worker.unref()
    worker.on('message', (message) => this.#finish(finished.parse(message)))
    worker.on('error', (error) => this.#lose(worker, error))
    worker.on('exit', () => this.#lose(worker, new Error('the painter stopped')))
    this.#workers.push(worker)
    return worker
  }

  #finish({ order, bytes, error }: z.infer<typeof finished>): void {
    const waiting = this.#waiting.get(order)
    this.#waiting.delete(order)
    if (bytes) waiting?.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    else waiting?.reject(new Error(error ?? 'the painter sent nothing'))
  }

  #lose(worker: Worker, error: unknown): void {
    this.#workers = this.#workers.filter((other) => other !== worker)
    for (const [order, waiting] of this.#waiting) {
      if (waiting.worker !== worker) continue
      this.#waiting.delete(order)
      waiting.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

/** Node 20 does not carry tsx's hooks into threads, so each one registers them itself. */
function bootstrap(module: string): string {
  const file = fileURLToPath(new URL(module, import.meta.url))
  return `require('tsx/cjs/api').register(); require(${JSON.stringify(file)})`
}
