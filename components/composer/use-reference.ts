'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useComposer } from '@/components/composer/composer-context'
import { ApiError } from '@/lib/api-client'
import { registerReference, uploadReference } from '@/lib/references/client'
import { problemOfFile } from '@/lib/references/file-kind'
import type { Reference } from '@/lib/references/schema'

const HEAD_BYTES = 16

/** Makes a file or a typed path the draft's reference. What went wrong is in the composer's `upload`. */
export function useReference() {
  const client = useQueryClient()
  const { store, team } = useComposer()

  const take = ({ path, urls }: Pick<Reference, 'path' | 'urls'>) =>
    store.edit({ source: 'reference', reference: { path, thumb: urls?.thumb } })

  async function attempt(send: () => Promise<Reference>): Promise<void> {
    store.setUpload({ isBusy: true, problem: null })
    try {
      take(await send())
      store.setUpload({ isBusy: false, problem: null })
      void client.invalidateQueries({ queryKey: ['references', team] })
    } catch (error) {
      const known = error instanceof ApiError ? (error.errors[0]?.code ?? error.code) : 'other'
      store.setUpload({ isBusy: false, problem: known })
    }
  }

  async function upload(file: File): Promise<void> {
    store.edit({ source: 'reference' })
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
    const problem = problemOfFile({ size: file.size, head })
    if (problem) return store.setUpload({ isBusy: false, problem })
    await attempt(() => uploadReference(team, file))
  }

  return { take, upload, register: (path: string) => attempt(() => registerReference(team, path)) }
}
