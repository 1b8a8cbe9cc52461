'use client'
import { useEffect, useState } from 'react'
import { onDemand } from '@/components/ui/on-demand'
import { onToast } from '@/components/ui/toast'

const ToastStack = onDemand(() => import('@/components/ui/toast-stack').then((module) => module.ToastStack))

/** Draws toasts; the library comes with the first of them. */
export function Toaster() {
  const [isNeeded, setIsNeeded] = useState(false)
  useEffect(() => onToast(() => setIsNeeded(true)), [])
  return isNeeded && <ToastStack />
}
