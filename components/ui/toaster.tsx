'use client'
import { useEffect, useState } from 'react'
import { onDemand } from '@/components/ui/on-demand'
import { onToast } from '@/components/ui/toast'

/** The library that draws toasts. */
export const loadToasts = () => import('@/components/ui/toast-stack').then((module) => module.ToastStack)

const ToastStack = onDemand(loadToasts)

/** Draws toasts; the library comes with the first of them, or before. */
export function Toaster() {
  const [isNeeded, setIsNeeded] = useState(false)
  useEffect(() => onToast(() => setIsNeeded(true)), [])
  return isNeeded && <ToastStack />
}
