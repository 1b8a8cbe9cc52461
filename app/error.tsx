'use client'
import { lazy, Suspense } from 'react'

const Crash = lazy(() => import('@/components/shell/crash').then((module) => ({ default: module.Crash })))

/** Whatever breaks below the root layout, on the server or in the browser. Every page carries this, so it is small. */
export default function ErrorPage() {
  return (
    <Suspense>
      <Crash />
    </Suspense>
  )
}
