type Key = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'>

/** The character at a place of the US keyboard, without and with Shift; letters and digits are named by their code. */
const SIGNS: Record<string, [string, string]> = {
  Slash: ['/', '?'],
  Equal: ['=', '+'],
  Minus: ['-', '_'],
  Space: [' ', ' '],
}
/** What an event says instead of a key when an input method or a dead key took it. */
const NO_KEY = ['Process', 'Unidentified', 'Dead']

/**
 * The shortcut that a key press is, such as `F`, `Shift+D`, `Mod+K` (Ctrl or Cmd), `?` or `Alt+ArrowUp`; null while an
 * input method composes. Where a layout types Latin letters the letter counts, wherever its key is (Dvorak, AZERTY);
 * where it types others (Hangul, Cyrillic) the key counts that has the letter on a US keyboard. Modifiers are exact, but
 * Shift is part of a sign such as `?`, and Caps Lock of nothing.
 */
export function shortcutOf(event: Key): string | null {
  if (event.isComposing) return null
  const key = keyOf(event)
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase()
  return [
    event.ctrlKey && event.metaKey ? 'Ctrl+Meta' : (event.ctrlKey || event.metaKey) && 'Mod',
    event.altKey && 'Alt',
    event.shiftKey && !isSign && 'Shift',
    key.length === 1 ? key.toUpperCase() : key,
  ]
    .filter(Boolean)
    .join('+')
}

function keyOf({ key, code, shiftKey }: Key): string {
  const isUsable = key.length > 1 ? !NO_KEY.includes(key) : /^[\p{ASCII}\p{Script=Latin}]$/u.test(key)
  if (isUsable) return key
  const letterOrDigit = /^(?:Key|Digit)(.)$/.exec(code)?.[1]
  return letterOrDigit ?? SIGNS[code]?.[shiftKey ? 1 : 0] ?? key
}
