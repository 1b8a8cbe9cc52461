import { describe, expect, test } from 'vitest'
import { enterKeys } from '@/lib/text/enter-keys'

const enter = { key: 'Enter', code: 'Enter', keyCode: 13, metaKey: false, ctrlKey: false, repeat: false }
const typed = { ...enter, isComposing: false }
const composing = { ...enter, keyCode: 229, key: 'Process', isComposing: true }
const safari = { ...enter, keyCode: 229, isComposing: false }
const withMod = { ctrlKey: true }

describe('the prompt box', () => {
  test('leaves Enter alone to the text', () => {
    expect(enterKeys({ mod: true }).keyDown(typed)).toBe(false)
  })

  test('never submits on an Enter that ends a Hangul composition, in either order of events', () => {
    const chrome = enterKeys({ mod: true })
    expect([chrome.keyDown(composing), chrome.compositionEnd('다'), chrome.keyDown(typed)]).toEqual([
      false,
      false,
      false,
    ])
    const apple = enterKeys({ mod: true })
    expect([apple.compositionEnd('다'), apple.keyDown(safari)]).toEqual([false, false])
  })

  test('submits on Ctrl or Cmd with Enter, once until the key is let go', () => {
    const keys = enterKeys({ mod: true })
    expect(keys.keyDown({ ...typed, ...withMod })).toBe(true)
    expect(keys.keyDown({ ...typed, ...withMod, repeat: true })).toBe(false)
    expect(keys.keyDown({ ...typed, ...withMod })).toBe(false)
    keys.keyUp(typed)
    expect(keys.keyDown({ ...typed, metaKey: true })).toBe(true)
  })

  test('lets go with Cmd, whose release hides the keyup of Enter on a Mac', () => {
    const keys = enterKeys({ mod: true })
    expect(keys.keyDown({ ...typed, metaKey: true })).toBe(true)
    keys.keyUp({ key: 'Meta', code: 'MetaLeft' })
    expect(keys.keyDown({ ...typed, metaKey: true })).toBe(true)
  })

  test('submits once, after the last syllable is written, when Ctrl+Enter ends the composition', () => {
    const keys = enterKeys({ mod: true })
    expect(keys.keyDown({ ...composing, ...withMod })).toBe(false)
    expect(keys.compositionEnd('다')).toBe(true)
    expect(keys.keyDown({ ...typed, ...withMod })).toBe(false)
  })

  test('submits once in Safari, where the composition ends before the key is reported', () => {
    const keys = enterKeys({ mod: true })
    expect(keys.compositionEnd('다')).toBe(false)
    expect(keys.keyDown({ ...safari, metaKey: true })).toBe(true)
    expect(keys.keyDown({ ...typed, metaKey: true })).toBe(false)
  })
})

describe('a box where Enter alone acts', () => {
  test('acts once on the Enter that ends a Hangul composition', () => {
    const keys = enterKeys({ mod: false })
    expect([keys.keyDown(composing), keys.compositionEnd('바다'), keys.keyDown(typed)]).toEqual([
      false,
      true,
      false,
    ])
  })

  test('does not act on the Enter that accepts a candidate of another input method', () => {
    const keys = enterKeys({ mod: false })
    expect([keys.keyDown(composing), keys.compositionEnd('海')]).toEqual([false, false])
    expect(enterKeys({ mod: false }).keyDown(safari)).toBe(false)
  })

  test('ignores every other key', () => {
    expect(enterKeys({ mod: false }).keyDown({ ...typed, key: 'a', code: 'KeyA' })).toBe(false)
  })
})
