import type { ReactNode } from 'react'

/** The head of a settings page. */
export function PageHead({
  title,
  lead,
  actions,
}: {
  title: ReactNode
  lead?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0">
        <h1 className="text-24 font-semibold">{title}</h1>
        {lead && <p className="mt-1.5 max-w-[62ch] leading-[22px] text-text-2">{lead}</p>}
      </div>
      {actions}
    </header>
  )
}

type SectionProps = {
  title: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  id?: string
  children: ReactNode
}

/** A part of a settings page with its own heading. */
export function Section({ title, lead, actions, id, children }: SectionProps) {
  return (
    <section id={id} className="mt-11 scroll-mt-20">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-18 font-semibold">{title}</h2>
          {lead && <p className="mt-1 max-w-[62ch] text-text-2">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** A line of a list: what it is on the left, what can be done on the right. */
export function Line({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <li className="flex min-h-16 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line py-3">
      <div className="min-w-0 flex-1">{children}</div>
      {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
    </li>
  )
}
