const slots: Record<symbol, unknown> = globalThis

/**
 * The one instance of a process-wide thing. Next evaluates a module once per layer (instrumentation, pages,
 * routes …), so a module-level constant would exist several times; a slot on `globalThis` exists once.
 */
export function shared<T>(name: string, make: () => T): T {
  const key = Symbol.for(`flamel-studio.${name}`)
  if (!(key in slots)) slots[key] = make()
  return slots[key] as T // written only by the line above, under a name that belongs to one caller
}
