'use client'
import { createContext, use, type ReactNode } from 'react'
import type { Viewer } from '@/components/images/viewer'

const Context = createContext<Viewer | null>(null)

type Props = { viewer: Viewer; children: ReactNode }

/** Says to everything on a page who looks at it. */
export function ViewerProvider({ viewer, children }: Props) {
  return <Context value={viewer}>{children}</Context>
}

export function useViewer(): Viewer {
  const viewer = use(Context)
  if (!viewer) throw new Error('useViewer stands outside of ViewerProvider')
  return viewer
}
