'use client'
import { useEffect, useState } from 'react'
import { onDemand } from '@/components/ui/on-demand'
import { onToast, type Toast } from '@/components/ui/toast'

const ToastStack = onDemand(() => import('@/components/ui/toast-stack').then((module) => module.ToastStack))

/** Draws toasts; the library comes with the first of them. */
export function Toaster() {
  const [first, setFirst] = useState<Toast | null>(null)
  useEffect(() => onToast(setFirst), [])
  return first && <ToastStack first={first} />
}
