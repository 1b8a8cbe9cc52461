declare global {
  interface Window {
    earlyActs?: {
      /** To be called once the page, or a part on demand, is hydrated: from when the page is, only what is done to parts that are not is kept. */
      hydrated: (what: 'page' | 'part') => void
      /** Does once more what was done to what is hydrated now. */
      replay: () => void
    }
  }
}

/**
 * What a person does on a page that is painted but whose scripts have not arrived: React keeps some of what is typed in
 * a field but never hears of it, and the browser sends a form by its address, password and all. So each act is kept in
 * the page until there is somebody to hear it. A form with an address of its own needs no scripts and is left alone.
 */
function keepEarlyActs(type: typeof retype, tellOfChoice: typeof change, keys: typeof lastShortcut): void {
  const kept = new Map<EventTarget, () => void>()
  let isPageHydrated = false
  let composing: EventTarget | null = null
  let press: { event: Event; button: HTMLButtonElement } | undefined

  /** React leaves its properties with each element that it hydrates, on the way to a hydrated page also with some that do not hear yet. */
  const isHydrated = (target: EventTarget) =>
    isPageHydrated && Object.keys(target).some((name) => name.startsWith('__reactProps'))

  const shortcut = keys(isHydrated)

  function keep(target: EventTarget, act: () => void): void {
    if (!isHydrated(target)) kept.set(target, act)
  }

  const listeners: { [name: string]: (event: Event) => void } = {
    input({ target }) {
      if (target instanceof HTMLTextAreaElement) keepText(target)
      else if (target instanceof HTMLSelectElement) keepChoice(target)
      else if (target instanceof HTMLInputElement) keepInput(target)
    },
    click(event) {
      const button = event.target instanceof Element ? event.target.closest('button') : null
      if (!button || (button.type === 'submit' && button.form)) return
      press = { event, button }
      keep(button, () => button.click())
    },
    submit(event) {
      if (!(event instanceof SubmitEvent && event.target instanceof HTMLFormElement)) return
      const { target, submitter } = event
      if (target.method === 'post' || isHydrated(target)) return
      event.preventDefault()
      keep(target, () => target.requestSubmit(submitter))
    },
    keydown: shortcut.keep,
    compositionstart: ({ target }) => (composing = target),
    compositionend: () => (composing = null),
  }

  function keepInput(input: HTMLInputElement): void {
    const { checked } = input
    if (input.type === 'file') keep(input, () => tellOfChoice(input))
    else if (input.type !== 'checkbox' && input.type !== 'radio') keepText(input)
    else keep(input, () => Object.assign(input, { checked: !checked }).click())
  }

  function keepChoice(select: HTMLSelectElement): void {
    const { value } = select
    keep(select, () => tellOfChoice(Object.assign(select, { value })))
  }

  function keepText(field: HTMLInputElement | HTMLTextAreaElement): void {
    const { value } = field
    keep(field, () => {
      if (field !== composing) return type(field, value)
      field.addEventListener('compositionend', () => type(field, field.value), { once: true })
    })
  }

  // on the window, before React: while it waits for a script of the page, it lets nobody behind it hear of a press
  for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener, true)

  window.earlyActs = {
    hydrated: (what) => {
      isPageHydrated ||= what === 'page'
      // React hears of the press by which it hydrates
      if (press && press.event === window.event && isHydrated(press.button)) kept.delete(press.button)
      shortcut.hydrated()
    },
    replay: () => {
      for (const [target, act] of kept) if (isHydrated(target) && kept.delete(target)) act()
      shortcut.replay()
    },
  }
}

/** The last shortcut that was pressed where nobody heard it; what is typed into a field is kept as its text. */
function lastShortcut(isHydrated: (target: EventTarget) => boolean) {
  let pressed: { event: KeyboardEvent; target: EventTarget } | undefined
  return {
    keep(event: Event) {
      if (!(event instanceof KeyboardEvent) || !event.target || event.isComposing) return
      const { target, code, ctrlKey, metaKey } = event
      const hasModifier = ctrlKey || metaKey
      if (isHydrated(target) || (target !== document.body && !hasModifier)) return
      if (hasModifier && code === 'KeyK') event.preventDefault() // with which the browser leaves the page
      pressed = { event, target }
    },
    hydrated() {
      if (pressed && pressed.event === window.event && isHydrated(pressed.target)) pressed = undefined
    },
    replay() {
      if (!pressed || !isHydrated(pressed.target)) return
      const { event, target } = pressed
      pressed = undefined
      target.dispatchEvent(new KeyboardEvent('keydown', event))
    },
  }
}

/**
 * React takes a text for known that it found in the field on waking, or has seen being set. So something else is set
 * for it to see, and the text by the prototype's setter, which it does not see.
 */
function retype(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const { selectionStart, selectionEnd } = field
  field.value = text ? '' : ' '
  const prototype: object = Object.getPrototypeOf(field)
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text)
  if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd) // an e-mail field has none
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function change(field: Element): void {
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

/** The script of every page: sources of functions that use nothing from outside of themselves. */
export const KEEP_EARLY_ACTS = `(${keepEarlyActs})(${retype},${change},${lastShortcut})`
