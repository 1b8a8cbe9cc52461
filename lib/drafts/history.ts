export const HISTORY_MAX = 50

/** Prompts that were sent, newest first, each once. */
export type History = readonly string[]

export function remember(history: History, prompt: string): History {
  return [prompt, ...history.filter((known) => known !== prompt)].slice(0, HISTORY_MAX)
}

/** What was sent elsewhere stands behind what this browser remembers. */
export const withElsewhere = (history: History, elsewhere: History): History => [
  ...history,
  ...elsewhere.filter((prompt) => !history.includes(prompt)),
]

export function parseHistory(text: string | null): History {
  try {
    const stored: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(stored)
      ? stored.filter((prompt) => typeof prompt === 'string').slice(0, HISTORY_MAX)
      : []
  } catch {
    return []
  }
}

/** Where a walk through the history stands: at `place` (-1 is what was being typed), which was `typed`. */
export type Walk = { place: number; typed: string }

/**
 * One step back (`older`) or forth from what the box shows; beyond the newest waits what was being typed. A text that
 * was changed on the way is a new beginning. Null when there is nothing further.
 */
export function step(
  history: History,
  walk: Walk | null,
  { shown, older }: { shown: string; older: boolean },
): { walk: Walk; prompt: string } | null {
  const isWalking = walk !== null && shown === promptAt(history, walk)
  const from = isWalking ? walk : { place: -1, typed: shown }
  const next = { ...from, place: from.place + (older ? 1 : -1) }
  if (next.place < -1) return null
  if (older && history[next.place] === shown) next.place += 1
  const prompt = promptAt(history, next)
  return prompt === undefined ? null : { walk: next, prompt }
}

const promptAt = (history: History, { place, typed }: Walk) => (place === -1 ? typed : history[place])
