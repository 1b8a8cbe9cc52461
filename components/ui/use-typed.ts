import { useState } from 'react'

/**
 * What is typed in a field whose saved value comes back by the address, an event or a refresh. The field is never made
 * anew for it: another value is taken over only while nothing is typed that was not saved.
 */
export function useTyped(saved: string) {
  const [typed, setTyped] = useState(saved)
  const [before, setBefore] = useState(saved)
  if (saved !== before) {
    setBefore(saved)
    if (typed.trim() === before) setTyped(saved)
  }
  return [typed, setTyped] as const
}
