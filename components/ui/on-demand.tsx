import {
  createElement,
  lazy,
  Suspense,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  type ComponentType,
} from 'react'

const AGAIN_AFTER_MS = 3_000

/**
 * A component whose code comes when it is first drawn; until then there is nothing in its place, or what the server has
 * drawn. That React would take away with any change from above, so changes wait for the code.
 */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let isLoaded = false
  const Loaded = lazy(async () => {
    const component = await untilLoaded(load)
    isLoaded = true
    return { default: component }
  })
  return function OnDemand(latest: Props) {
    const deferred = useDeferredValue(latest)
    const props = isLoaded ? latest : deferred
    return useMemo(
      () => (
        <Suspense fallback={null}>
          {createElement(Loaded, props)}
          <Replay />
        </Suspense>
      ),
      [props],
    )
  }
}

/** Does once more what was done to this part of the page before it was hydrated. */
export function useReplay(): void {
  useLayoutEffect(() => window.earlyActs?.hydrated('part'), [])
  // after the effects of this part, when React draws at once what an act changes: the next act may build on it
  useEffect(() => queueMicrotask(() => window.earlyActs?.replay()), [])
}

function Replay() {
  useReplay()
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
