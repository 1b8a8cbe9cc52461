import { noSuchRoute } from '@/lib/access/http'
import { noSuchDropInRoute } from '@/lib/drop-in/server'

/** Whatever no other route answers: a client of the API reads JSON, never a page. */
function answer(request: Request): Response {
  const { pathname } = new URL(request.url)
  return /^\/api\/(images|users)\//.test(pathname) ? noSuchDropInRoute(request) : noSuchRoute(request)
}

export { answer as GET, answer as POST, answer as PUT, answer as PATCH, answer as DELETE }
