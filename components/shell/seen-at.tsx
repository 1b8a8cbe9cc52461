'use client'
import { useEffect } from 'react'

const EVENT = 'studio:seen-at'

/** Says at which place in the run of events the page was read that has just come into view. */
export function SeenAt({ place }: { place: string }) {
  useEffect(() => {
    window.dispatchEvent(new CustomEvent<string>(EVENT, { detail: place }))
  }, [place])
  return null
}

export function onSeenAt(listen: (place: string) => void): () => void {
  const hear = (event: Event) => {
    if (event instanceof CustomEvent) listen(event.detail)
  }
  window.addEventListener(EVENT, hear)
  return () => window.removeEventListener(EVENT, hear)
}
