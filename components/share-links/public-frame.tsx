import type { ReactNode } from 'react'
import { Logo } from '@/components/ui/logo'

/** The shell of what visitors see: whose images these are, and nothing that leads into the studio. */
export function PublicFrame({
  teamName,
  note,
  children,
}: {
  teamName?: string
  note?: string
  children: ReactNode
}) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[1400px] flex-col px-10 pb-20 max-[1180px]:px-6 phone:px-4">
      <header className="flex h-18 shrink-0 items-center justify-between gap-4 phone:h-15">
        <span className="flex min-w-0 items-center gap-2.5 text-15 font-semibold">
          <Logo />
          <span dir="auto" className="truncate">
            {teamName}
          </span>
        </span>
        {note && <span className="shrink-0 text-13 text-text-3">{note}</span>}
      </header>
      <main className="flex flex-1 flex-col">{children}</main>
    </div>
  )
}
