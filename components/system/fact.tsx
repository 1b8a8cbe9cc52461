import type { ReactNode } from 'react'

/** A name and what there is of it, in a list of descriptions. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-13 text-text-3">{name}</dt>
      <dd className="mt-1 grid gap-2 text-15 font-medium">{children}</dd>
    </div>
  )
}
