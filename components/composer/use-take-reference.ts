import { useComposer } from '@/components/composer/composer-context'
import { useAddReference } from '@/lib/references/client'

/** Brings a reference in and chooses it, also when its form was closed meanwhile, but not over another choice. */
export function useTakeReference() {
  const { store, team } = useComposer()
  const { mutateAsync } = useAddReference(team)
  return (given: File | string) => {
    const { source, reference } = store.get().draft
    const choose = ({ path, urls }: Awaited<ReturnType<typeof mutateAsync>>) => {
      const { draft } = store.get()
      if (draft.source === source && draft.reference?.path === reference?.path)
        store.edit({ source: 'reference', reference: { path, thumb: urls?.thumb } })
    }
    mutateAsync(given).then(choose, () => undefined) // the form says why
  }
}
