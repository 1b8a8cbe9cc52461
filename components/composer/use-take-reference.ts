import { useComposer } from '@/components/composer/composer-context'
import { useAddReference } from '@/lib/references/client'

let takes = 0
/** What the latest take that ended has chosen. */
let taken: string | undefined

/**
 * Brings a reference in and chooses it, also when its form was closed meanwhile, but not over what somebody chose by hand since;
 * of several the latest counts.
 */
export function useTakeReference() {
  const { store, team } = useComposer()
  const { mutateAsync } = useAddReference(team)
  return (given: File | string) => {
    const take = (takes += 1)
    const { source, reference } = store.get().draft
    const choose = ({ path, urls }: Awaited<ReturnType<typeof mutateAsync>>) => {
      const { draft } = store.get()
      const isUntouched = [reference?.path, taken].includes(draft.reference?.path)
      if (take < takes || draft.source !== source || !isUntouched) return
      taken = path
      store.edit({ source: 'reference', reference: { path, thumb: urls?.thumb } })
    }
    mutateAsync(given).then(choose, () => undefined) // the form says why
  }
}
