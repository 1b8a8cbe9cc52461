import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { newCredits, renewed, spent, type Credits } from '@/sandbox/credits'
import { recipe, type Recipe } from '@/sandbox/recipe'

const directives = z.record(z.string().regex(/^[a-z0-9_]{1,40}$/), z.string().max(200))
const milliseconds = z.number().min(0).max(600_000)
const latencyMs = z.tuple([milliseconds, milliseconds]).nullable()
const slots = z.int().min(1).max(1000).nullable()

export const switches = z.object({
  /** Directives that hold for every create: name → value. */
  directives: directives.default({}),
  latencyMs: latencyMs.default(null),
  slots: slots.default(null),
})
/** A change of some of them: what it does not name stays, so nothing here may have a default. */
export const switchesChange = z.object({ directives, latencyMs, slots }).partial()
export type Switches = z.infer<typeof switches>

const state = z.object({
  credits: z.object({
    defaultCredit: z.number(),
    dailyCredit: z.number(),
    monthlyCredit: z.number(),
    day: z.string(),
    month: z.string(),
  }),
  lastImageId: z.number(),
  switches,
})
type State = z.infer<typeof state>

const ID_EPOCH = Date.UTC(2025, 0, 1)

/**
 * What the sandbox remembers, in a directory of its own. Every change is on the disk before it is answered: small
 * state by rename, images as one line each, so that kill -9 at any moment loses nothing.
 */
export class Store {
  readonly #directory: string
  readonly #now: () => number
  readonly #recipes = new Map<number, Recipe>()
  #state: State

  constructor(directory: string, now: () => number) {
    this.#directory = directory
    this.#now = now
    fs.mkdirSync(path.join(directory, 'references'), { recursive: true })
    for (const line of readLines(this.#file('images.jsonl'))) {
      const parsed = recipe.safeParse(parseJson(line))
      if (parsed.success) this.#recipes.set(parsed.data.imageId, parsed.data)
    }
    const kept = state.safeParse(parseJson(readText(this.#file('state.json'))))
    this.#state = kept.success
      ? kept.data
      : { credits: newCredits(new Date(now())), lastImageId: 0, switches: switches.parse({}) }
  }

  get switches(): Switches {
    return this.#state.switches
  }

  set switches(next: Switches) {
    this.#save({ switches: next })
  }

  credits(): Credits {
    const credits = renewed(this.#state.credits, new Date(this.#now()))
    if (credits.day !== this.#state.credits.day) this.#save({ credits })
    return credits
  }

  setCredits(balances: Partial<Credits>): void {
    this.#save({ credits: { ...this.credits(), ...balances } })
  }

  /** Takes the price, or says that there is not enough. */
  spend(price: number): boolean {
    const credits = spent(this.credits(), price)
    if (credits) this.#save({ credits })
    return credits !== null
  }

  giveBack(price: number): void {
    const { dailyCredit, ...credits } = this.credits()
    this.#save({ credits: { ...credits, dailyCredit: dailyCredit + price } })
  }

  /**
   * Fresh image ids. They follow the clock (four per millisecond), so that they do not repeat when this directory is
   * wiped while a Studio's database stays.
   */
  newImageIds(count: number): number[] {
    const first = Math.max(this.#state.lastImageId + 1, (this.#now() - ID_EPOCH) * 4)
    this.#save({ lastImageId: first + count - 1 })
    return Array.from({ length: count }, (_, at) => first + at)
  }

  keep(recipes: Recipe[]): void {
    const lines = recipes.map((kept) => `${JSON.stringify(kept)}\n`).join('')
    fs.appendFileSync(this.#file('images.jsonl'), lines)
    for (const kept of recipes) this.#recipes.set(kept.imageId, kept)
  }

  findRecipe(imageId: number): Recipe | undefined {
    return this.#recipes.get(imageId)
  }

  pendingCount(): number {
    const now = this.#now()
    return [...this.#recipes.values()].slice(-400).filter(({ readyAt }) => readyAt > now).length
  }

  keepReference(name: string, bytes: Buffer): void {
    fs.writeFileSync(this.#file(path.join('references', name)), bytes)
  }

  findReference(name: string): Buffer | undefined {
    if (!/^[\w-]+\.(png|jpg|webp)$/.test(name)) return undefined
    return readBytes(this.#file(path.join('references', name)))
  }

  #file(name: string): string {
    return path.join(this.#directory, name)
  }

  #save(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change }
    const temporary = this.#file(`state.${process.pid}.tmp`)
    fs.writeFileSync(temporary, JSON.stringify(this.#state))
    fs.renameSync(temporary, this.#file('state.json'))
  }
}

function readLines(file: string): string[] {
  return readText(file).split('\n')
}

function readText(file: string): string {
  return readBytes(file)?.toString('utf8') ?? ''
}

function readBytes(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file)
  } catch {
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
