import { useSyncExternalStore } from 'react'

/** Whether this browser, at this address, has passkeys; `serverSays` until the page listens. */
export function useCanUsePasskeys(serverSays: boolean): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.isSecureContext && 'PublicKeyCredential' in window && isNamed(location.hostname),
    () => serverSays,
  )
}

/** Passkeys belong to a name, never to an IP address. */
const isNamed = (host: string) => !/^[\d.]+$|:/.test(host)
