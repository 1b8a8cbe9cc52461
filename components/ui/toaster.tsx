'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onToast, type Toast } from '@/components/ui/toast'

const ToastStack = lazy(() =>
  import('@/components/ui/toast-stack').then((module) => ({ default: module.ToastStack })),
)

/** Draws toasts; the library comes with the first of them. */
export function Toaster() {
  const [first, setFirst] = useState<Toast | null>(null)
  useEffect(() => onToast(setFirst), [])
  if (!first) return null
  return (
    <Suspense>
      <ToastStack first={first} />
    </Suspense>
  )
}
