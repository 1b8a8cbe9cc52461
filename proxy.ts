import { NextResponse, type NextRequest } from 'next/server'
import { findOpenLink } from '@/lib/share-links/visit'

/** Pages only: every route that passes here is slower. Nothing is allowed or refused here; pages and routes do that. */
export const config = { matcher: ['/t/:path*', '/s/:token'] }

export async function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  if (pathname.startsWith('/s/')) return shareHeaders(pathname.slice('/s/'.length))
  const headers = new Headers(request.headers)
  headers.set('x-studio-path', `${pathname}${search}`)
  return NextResponse.next({ request: { headers } })
}

/** A page cannot set its status without needing script to draw itself; here it is known before the page is drawn. */
async function shareHeaders(token: string) {
  const isOpen = (await findOpenLink(token)) !== null
  return NextResponse.next({
    status: isOpen ? 200 : 404,
    headers: { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' },
  })
}
