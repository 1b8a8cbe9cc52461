type Key = Pick<KeyboardEvent, 'key' | 'code' | 'keyCode' | 'metaKey' | 'ctrlKey' | 'repeat'> & {
  isComposing: boolean
}

/** keyCode of a key press that an input method handles, whatever the key is. */
const BY_INPUT_METHOD = 229

export type EnterKeys = {
  /** Tells whether to act now. The caller prevents the key's own effect only then. */
  keyDown: (key: Key) => boolean
  /** The same, when a composition ends: `text` is what it wrote. */
  compositionEnd: (text: string) => boolean
  keyUp: (key: Pick<Key, 'key' | 'code'>) => void
}

/**
 * When does Enter act in a text box, with an input method at work? Chrome reports the Enter that ends a Hangul
 * composition while it is still composing, some systems followed by a second Enter; Safari ends the composition first
 * and reports the Enter afterwards, as handled by the input method. Either way one press acts at most once, after the
 * text is whole. With `mod`, Enter alone never acts; Cmd or Ctrl with it always means it. Without, an Enter acts on
 * Hangul too, but the one that accepts another input method's candidate does not.
 */
export function enterKeys({ mod }: { mod: boolean }): EnterKeys {
  let isHeld = false
  let isAwaited = false
  return {
    keyDown(key) {
      if (!isEnter(key) || (mod && !key.metaKey && !key.ctrlKey)) return false
      if (key.isComposing) {
        isAwaited = !isHeld
        return false
      }
      if (isHeld || key.repeat) return false
      if (!mod && key.keyCode === BY_INPUT_METHOD) return false
      isHeld = true
      return true
    },
    compositionEnd(text) {
      const acts = isAwaited && (mod || isHangul(text))
      if (acts) isHeld = true
      isAwaited = false
      return acts
    },
    keyUp(key) {
      if (isEnter(key) || key.key === 'Meta' || key.key === 'Control') isHeld = false
    },
  }
}

const isEnter = ({ key, code }: Pick<Key, 'key' | 'code'>) =>
  key === 'Enter' || code === 'Enter' || code === 'NumpadEnter'

const isHangul = (text: string) => /^[\p{Script=Hangul}\s]+$/u.test(text)
