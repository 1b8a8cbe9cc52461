import type { ReactNode } from 'react'

type EmptyStateProps = {
  title: ReactNode
  children?: ReactNode
  image?: ReactNode
  actions?: ReactNode
  /** `h1` where it is all that the page says. */
  heading?: 'h1' | 'h2'
}

/** A view without content yet, or without a match: says what belongs here and how to get it. */
export function EmptyState({ title, children, image, actions, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center px-6 py-16 text-center phone:px-5 phone:py-11">
      {image}
      <Heading className="mt-6 text-24 font-semibold">{title}</Heading>
      {children && <div className="mt-2 mb-5 max-w-[46ch] text-16 text-balance text-text-2">{children}</div>}
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
