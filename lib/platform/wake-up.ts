/** What a loop waits with between two looks for work. */
export class WakeUp {
  #isDue = false
  #end: (() => void) | undefined

  /** Ends the wait; between two waits it ends the next before it begins. */
  signal(): void {
    this.#isDue = true
    this.#end?.()
  }

  /** Returns once it was signalled since the last wait, or after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    if (!this.#isDue)
      await new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs)
        this.#end = resolve
      })
    clearTimeout(timer)
    this.#isDue = false
    this.#end = undefined
  }
}
