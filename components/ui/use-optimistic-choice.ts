import { useState } from 'react'

type Chosen<T> = {
  value: T
  /** What is saved meanwhile, perhaps by an earlier press. */
  instead: T
  isSaved: boolean
  press: symbol
}

/**
 * A saved choice that shows what was chosen last from the press on: until its own change is saved and has come back, or until it
 * failed. A control whose value came by way of a mutation's state would show the old one again for a moment, at the press
 * and once more between the answer and the refreshed page.
 */
export function useOptimisticChoice<T>(saved: T, change: (next: T) => Promise<unknown>) {
  const [chosen, setChosen] = useState<Chosen<T> | null>(null)
  if (chosen && !Object.is(chosen.instead, saved))
    setChosen(chosen.isSaved ? null : { ...chosen, instead: saved })
  /** For a choice that is confirmed first, in a dialog that waits for its end. */
  const chooseAsync = async (value: T): Promise<void> => {
    const press = Symbol('press')
    setChosen({ value, instead: saved, isSaved: false, press })
    const settle = (isSaved: boolean) =>
      setChosen((now) => {
        if (now?.press !== press) return now
        return isSaved && !Object.is(now.instead, value) ? { ...now, isSaved } : null
      })
    try {
      await change(value)
    } catch (error) {
      settle(false)
      throw error
    }
    settle(true)
  }
  const choose = (value: T): void => void chooseAsync(value).catch(() => undefined)
  return [chosen ? chosen.value : saved, choose, chooseAsync] as const
}
