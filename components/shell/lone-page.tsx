import type { ReactNode } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Logo } from '@/components/ui/logo'

type LonePageProps = { title: string; action: ReactNode; children: ReactNode }

/** A page outside of the studio's frame, which says one thing and offers the way on. */
export function LonePage({ title, action, children }: LonePageProps) {
  return (
    <main className="grid min-h-dvh place-content-center">
      <EmptyState heading="h1" title={title} image={<Logo className="size-10" />} actions={action}>
        {children}
      </EmptyState>
    </main>
  )
}
