import type { Metadata } from 'next'
import type { ReactNode } from 'react'

export const metadata: Metadata = {
  robots: { index: false, follow: false, noimageindex: true },
  referrer: 'no-referrer',
}

/** Visitors have chosen no theme here: their device's own counts. */
export default function ShareLayout({ children }: { children: ReactNode }) {
  return <div data-page-theme="system">{children}</div>
}
