const KEY = 'studio-recent-commands'
const KEPT = 6

/** What was chosen in this browser lately, newest first, by the id of the command. */
export function recentCommands(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

/** What was said about a prompt or an image is not a command that comes back. */
export function rememberCommand(id: string): void {
  if (/^(prompt|image)-|^search$/.test(id)) return
  const kept = [id, ...recentCommands().filter((known) => known !== id)].slice(0, KEPT)
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    return // full or forbidden: nothing depends on it
  }
}

/** Those that were chosen lately first; the others as they stand. */
export function recentFirst<T extends { id: string }>(
  commands: readonly T[],
  recent: readonly string[],
): T[] {
  const known = recent.flatMap((id) => commands.find((command) => command.id === id) ?? [])
  return [...known, ...commands.filter((command) => !known.includes(command))]
}
