'use client'
import { useEffect, useLayoutEffect } from 'react'

/** Stands behind everything else of the page: once it wakes, all of it hears but what comes on demand (`onDemand`). */
export function ReplayEarlyActs() {
  useLayoutEffect(() => window.earlyActs?.wake(), [])
  // after the effects of this page, when React draws at once what an act changes: the next act may build on it
  useEffect(() => queueMicrotask(() => window.earlyActs?.replay()), [])
  return null
}
