'use client'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl/react'

const SLOW_AFTER_MS = 60_000

/** Time since then, each second; after a minute it says that this is longer than usual. */
export function Elapsed({ since }: { since: string }) {
  const t = useTranslations('generations.status')
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [])
  if (now === null) return null
  const elapsedMs = Math.max(0, now - Date.parse(since))
  return (
    <>
      <span role="timer" className="text-text-3">
        <span className="sr-only">{t('elapsed')} </span>
        {clock(elapsedMs)}
      </span>
      {elapsedMs > SLOW_AFTER_MS && <span className="text-text-2">{t('slow')}</span>}
    </>
  )
}

/** Minutes and seconds, as 1:05. */
export function clock(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
