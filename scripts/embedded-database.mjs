// @ts-check
import { startPostgres } from './postgres.mjs'
import { Restarts } from './restarts.mjs'
import { Refusal } from './steps.mjs'

const WATCH_MS = 500

/** The PostgreSQL of a data directory, started again at the same address when it ends by itself. */
export class EmbeddedDatabase {
  #dataDir
  #postgres
  #restarts = new Restarts()
  /** @type {NodeJS.Timeout | undefined} */
  #watch
  /** @type {Promise<void> | undefined} */
  #restarting
  #isStopping = false

  /**
   * @param {string} dataDir
   * @param {import('./postgres.mjs').Postgres} postgres
   */
  constructor(dataDir, postgres) {
    this.#dataDir = dataDir
    this.#postgres = postgres
  }

  /** @param {string} dataDir */
  static async start(dataDir) {
    return new EmbeddedDatabase(dataDir, await start(dataDir))
  }

  get url() {
    return this.#postgres.url
  }

  /** A server that outlived its program was taken over. */
  get isAdopted() {
    return this.#postgres.isAdopted
  }

  /** @param {(error: Error) => void} onGivenUp it does not stay up */
  watch(onGivenUp) {
    this.#watch = setInterval(() => {
      if (this.#restarting || this.#postgres.isRunning()) return
      console.error('\nThe embedded PostgreSQL ended by itself; starting it again.')
      this.#restarting = this.#restart()
        .catch(onGivenUp)
        .finally(() => (this.#restarting = undefined))
    }, WATCH_MS)
  }

  async #restart() {
    while (await this.#restarts.wait()) {
      if (this.#isStopping) return
      try {
        this.#postgres = await start(this.#dataDir)
        return
      } catch (error) {
        console.error(error instanceof Error ? error.message : error) // its last processes may still be ending
      }
    }
    clearInterval(this.#watch)
    throw new Refusal('The embedded PostgreSQL does not stay up: see server.log beside its data.')
  }

  async stop() {
    this.#isStopping = true
    clearInterval(this.#watch)
    await this.#restarting
    await this.#postgres.stop()
  }
}

/** @param {string} dataDir */
function start(dataDir) {
  return startPostgres({ dataDir }).catch((error) => {
    throw new Refusal(error.message)
  })
}
