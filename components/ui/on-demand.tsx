import { createElement, lazy, Suspense, useEffect, type ComponentType } from 'react'

const AGAIN_AFTER_MS = 3_000

/** A component whose code comes when it is first drawn; until then there is nothing in its place. */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Loaded = lazy(async () => ({ default: await untilLoaded(load) }))
  return function OnDemand(props: Props) {
    return (
      <Suspense fallback={null}>
        {createElement(Loaded, props)}
        <Awake />
      </Suspense>
    )
  }
}

/** What was done to it while its code was on the way is done now. */
function Awake() {
  useEffect(() => queueMicrotask(() => window.earlyActs?.replay()), [])
  return null
}

/** Loads code through any loss of the network: a page must not break because its next part cannot be fetched now. */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => {
        window.addEventListener('online', resolve, { once: true })
        setTimeout(resolve, AGAIN_AFTER_MS)
      })
    }
  }
}
