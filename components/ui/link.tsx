import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * Next's link, which asks for a page when it is followed. Ahead of that Next would ask twice for each link in sight and be
 * told nothing but the names of its routes: our pages come whole (docs/decisions/pages-come-whole.md).
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />
}
