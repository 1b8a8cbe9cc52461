import { useState } from 'react'

/**
 * A saved choice that shows what was chosen from the press on: until the saved value is another one, or until the change
 * failed. A control whose value came by way of a mutation's state would show the old one again for a moment, at the press
 * and once more between the answer and the refreshed page.
 */
export function useOptimisticChoice<T>(saved: T, change: (next: T) => Promise<unknown>) {
  const [chosen, setChosen] = useState<{ instead: T; value: T } | null>(null)
  if (chosen && !Object.is(chosen.instead, saved)) setChosen(null)
  /** For a choice that is confirmed first, in a dialog that waits for its end. */
  const chooseAsync = async (value: T): Promise<void> => {
    const mine = { instead: saved, value }
    setChosen(mine)
    try {
      await change(value)
    } catch (error) {
      setChosen((now) => (now === mine ? null : now))
      throw error
    }
  }
  const choose = (value: T): void => void chooseAsync(value).catch(() => undefined)
  return [chosen ? chosen.value : saved, choose, chooseAsync] as const
}
