/**
 * What a caller can provoke: `#sandbox:<name>` or `#sandbox:<name>=<value>` in the prompt, or the same name in
 * POST /sandbox/switches, which then holds for every create. docs/sandbox.md says what each does.
 */
export const FAULTS = [
  'hang',
  'reset_before',
  'reset_after',
  'cut_body',
  'stall_body',
  'slow_body',
  'garbage',
  'wrong_shape',
  'bad_base64',
  'failed',
  'blurred',
  'fewer',
  'redirect',
  '429',
  '500',
  '502',
  '503',
  '504',
] as const

/** These change how a call is answered without being a fault. */
export const MODIFIERS = [
  'slow',
  'charged',
  'times',
  'pending',
  'async_failed',
  'seed',
  'plain',
  'bytes',
] as const

export type Directives = ReadonlyMap<string, string>

export function readDirectives(text: string): Directives {
  const found = new Map<string, string>()
  for (const [, name, value] of text.matchAll(/#sandbox:([a-z0-9_]+)(?:=([^\s#]+))?/gi))
    if (name) found.set(name.toLowerCase(), value ?? '')
  return found
}

/** The prompt as the painter reads it. */
export function withoutDirectives(text: string): string {
  return text.replace(/#sandbox:\S+/gi, ' ').trim()
}

/** A directive's number, or `fallback` when it has none; undefined when the directive is absent. */
export function numberOf(directives: Directives, name: string, fallback: number): number | undefined {
  const value = directives.get(name)
  if (value === undefined) return undefined
  const number = Number(value)
  return value !== '' && Number.isFinite(number) && number >= 0 ? number : fallback
}
