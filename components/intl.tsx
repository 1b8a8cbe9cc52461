'use client'
import type { ComponentProps } from 'react'
import { IntlProvider } from 'use-intl/react'

/** use-intl's provider as a client component: what is missing shows as its key and is told on the console. */
export function Intl(props: ComponentProps<typeof IntlProvider>) {
  return <IntlProvider {...props} />
}
