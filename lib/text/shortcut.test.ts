import { describe, expect, test } from 'vitest'
import { shortcutOf } from '@/lib/text/shortcut'

const plain = {
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
}
const press = (given: Partial<typeof plain>) => shortcutOf({ ...plain, ...given })

describe('shortcutOf', () => {
  test('takes the place of the key where the layout types no Latin letters', () => {
    expect(press({ key: 'ㄹ', code: 'KeyF' })).toBe('F')
    expect(press({ key: 'ㅇ', code: 'KeyD', shiftKey: true })).toBe('Shift+D')
    expect(press({ key: 'ㅏ', code: 'KeyK', ctrlKey: true })).toBe('Mod+K')
    expect(press({ key: 'ㅏ', code: 'KeyK', metaKey: true })).toBe('Mod+K')
    expect(press({ key: 'а', code: 'KeyF' })).toBe('F') // Cyrillic
    expect(press({ key: 'ظ', code: 'Slash' })).toBe('/')
    expect(press({ key: '؟', code: 'Slash', shiftKey: true })).toBe('?')
  })
  test('takes the letter where the layout types Latin ones, wherever the key is', () => {
    expect(press({ key: 'f', code: 'KeyY' })).toBe('F') // Dvorak
    expect(press({ key: 'u', code: 'KeyF' })).toBe('U')
    expect(press({ key: 'k', code: 'KeyV', ctrlKey: true })).toBe('Mod+K')
    expect(press({ key: '/', code: 'Period', shiftKey: true })).toBe('/') // AZERTY
    expect(press({ key: '0', code: 'Digit0', shiftKey: true })).toBe('0')
    expect(press({ key: 'é', code: 'Digit2' })).toBe('É')
  })
  test('takes the place of a key that an input method kept to itself', () => {
    expect(press({ key: 'Process', code: 'KeyX' })).toBe('X')
    expect(press({ key: 'Unidentified', code: 'KeyK', ctrlKey: true })).toBe('Mod+K')
  })
  test('is nothing while an input method composes', () => {
    expect(press({ key: 'Process', code: 'KeyF', isComposing: true })).toBeNull()
    expect(press({ key: 'Enter', code: 'Enter', isComposing: true })).toBeNull()
  })
  test('is exact about modifiers, but for Shift with signs and Caps Lock', () => {
    expect(press({ key: 'F', code: 'KeyF' })).toBe('F')
    expect(press({ key: 'F', code: 'KeyF', shiftKey: true })).toBe('Shift+F')
    expect(press({ key: 'k', code: 'KeyK', ctrlKey: true, altKey: true })).toBe('Mod+Alt+K')
    expect(press({ key: 'k', code: 'KeyK', ctrlKey: true, metaKey: true })).toBe('Ctrl+Meta+K')
    expect(press({ key: '?', code: 'Slash', shiftKey: true })).toBe('?')
    expect(press({ key: 'ArrowUp', code: 'ArrowUp', altKey: true, shiftKey: true })).toBe('Alt+Shift+ArrowUp')
    expect(press({ key: 'Escape', code: 'Escape' })).toBe('Escape')
  })
})
