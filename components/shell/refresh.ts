'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useEffectEvent, useLayoutEffect } from 'react'
import { imageIdIn } from '@/components/images/address'

let isOwnPage = false
let isDue = false

/** Whether an image lies over the page: the address is the image's, the page underneath another. */
const isCovered = () => !isOwnPage && imageIdIn(window.location.pathname) !== undefined

/**
 * Has the server draw the page again. While an image is open over the page, that waits until the image is closed: the
 * router asks for what the address names, and would put the image's own page in the place of the one underneath.
 */
export function useRefresh(): () => void {
  const refresh = useRefreshAtOnce()
  return useCallback(() => {
    isDue = isCovered()
    if (!isDue) refresh()
  }, [refresh])
}

/** The same at once: an image that lies over the page becomes the page. For who asked for it, or may not be here any more. */
export const useRefreshAtOnce = (): (() => void) => useRouter().refresh

/** Does the refresh that waited as soon as the page is no longer covered; `image` is where the address names one. */
export function useDueRefresh(image: { isOpen: boolean; isOwnPage: boolean }): void {
  const refresh = useRefreshAtOnce()
  const isOver = image.isOpen && !image.isOwnPage
  const refreshIfDue = useEffectEvent(() => {
    if (!isDue || isCovered()) return
    isDue = false
    refresh()
  })
  useLayoutEffect(() => void (isOwnPage = image.isOwnPage), [image.isOwnPage])
  useEffect(() => refreshIfDue(), [isOver])
  useEffect(() => {
    // one that was left before it was drawn; after the router, which hears of it as well
    const onPopState = () => setTimeout(refreshIfDue)
    window.addEventListener('popstate', onPopState)
    return () => window.removeEventListener('popstate', onPopState)
  }, [])
}
