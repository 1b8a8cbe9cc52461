'use client'
import { useLayoutEffect } from 'react'
import { useReplay } from '@/components/ui/on-demand'

/** Stands behind everything else of the page: once it is hydrated, all of it hears but what comes on demand (`onDemand`). */
export function ReplayEarlyActs() {
  useLayoutEffect(() => window.earlyActs?.hydrated('page'), [])
  useReplay()
  return null
}
