import { workAsyncStorage, type WorkStore } from 'next/dist/server/app-render/work-async-storage.external'
import {
  workUnitAsyncStorage,
  type WorkUnitStore,
} from 'next/dist/server/app-render/work-unit-async-storage.external'
import { RequestCookies } from 'next/dist/server/web/spec-extension/cookies'

/** Runs a route handler as Next does, so that `cookies()` and `headers()` of next/headers are the request's. */
export function inRequestScope<T>(request: Request, run: () => T): T {
  const cookies = new RequestCookies(request.headers)
  const work = { route: new URL(request.url).pathname } as WorkStore // the rest is for rendering
  const unit: unknown = {
    type: 'request',
    phase: 'action',
    headers: request.headers,
    cookies,
    userspaceMutableCookies: cookies,
  }
  return workAsyncStorage.run(
    work,
    () => workUnitAsyncStorage.run(unit as WorkUnitStore, run), // the rest is for rendering
  )
}
