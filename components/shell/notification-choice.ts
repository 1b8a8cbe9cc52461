import { useSyncExternalStore } from 'react'

const NOTIFY = 'studio-notifications'
const SOUND = 'studio-sound'
const listeners = new Set<() => void>()

/** Whether the system tells of what is done while the person is away: chosen here, and allowed in the browser. */
export const notifies = () =>
  canNotify() && Notification.permission === 'granted' && localStorage.getItem(NOTIFY) === 'on'

/** Off until somebody wants it. */
export const sounds = () => localStorage.getItem(SOUND) === 'on'

const canNotify = () => 'Notification' in window

export function setSounds(isOn: boolean): void {
  localStorage.setItem(SOUND, isOn ? 'on' : 'off')
  listeners.forEach((tell) => tell())
}

/** Asks the browser when it is wanted; false where the browser says no. */
export async function setNotifies(isOn: boolean): Promise<boolean> {
  localStorage.setItem(NOTIFY, isOn ? 'on' : 'off')
  const isAllowed = !isOn || (await Notification.requestPermission()) === 'granted'
  listeners.forEach((tell) => tell())
  return isAllowed
}

/**
 * The choices of this browser; all are off on the server, which cannot know them. It takes the browser for one that can
 * notify, as nearly all can: what came later would move all below it under a finger.
 */
export function useNotificationChoice() {
  const of = (read: () => boolean) => [read, () => false] as const
  return {
    canNotify: useSyncExternalStore(subscribe, canNotify, () => true),
    notifies: useSyncExternalStore(subscribe, ...of(notifies)),
    sounds: useSyncExternalStore(subscribe, ...of(sounds)),
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
