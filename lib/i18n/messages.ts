import type {} from 'use-intl'
import type { Locale, Writing } from '@/lib/i18n/locales'
import type actions from '@/messages/en/actions.json'
import type auth from '@/messages/en/auth.json'
import type categories from '@/messages/en/categories.json'
import type common from '@/messages/en/common.json'
import type create from '@/messages/en/create.json'
import type factors from '@/messages/en/factors.json'
import type gallery from '@/messages/en/gallery.json'
import type generations from '@/messages/en/generations.json'
import type image from '@/messages/en/image.json'
import type queue from '@/messages/en/queue.json'
import type mail from '@/messages/en/mail.json'
import type notifications from '@/messages/en/notifications.json'
import type references from '@/messages/en/references.json'
import type refusals from '@/messages/en/refusals.json'
import type sets from '@/messages/en/sets.json'
import type settings from '@/messages/en/settings.json'
import type share from '@/messages/en/share.json'
import type shell from '@/messages/en/shell.json'
import type styles from '@/messages/en/styles.json'
import type templates from '@/messages/en/templates.json'
import type usage from '@/messages/en/usage.json'

/** Every namespace is one file per language: messages/<locale>/<namespace>.json. English is the shape of both. */
export type Messages = {
  actions: typeof actions
  auth: typeof auth
  categories: typeof categories
  common: typeof common
  create: typeof create
  generations: typeof generations
  references: typeof references
  factors: typeof factors
  gallery: typeof gallery
  image: typeof image
  queue: typeof queue
  mail: typeof mail
  notifications: typeof notifications
  refusals: typeof refusals
  share: typeof share
  sets: typeof sets
  settings: typeof settings
  shell: typeof shell
  styles: typeof styles
  templates: typeof templates
  usage: typeof usage
}
export type Namespace = keyof Messages

declare module 'use-intl' {
  interface AppConfig {
    Locale: Writing
    Messages: Messages
  }
}

/** The sentences of some namespaces in one language. */
export async function loadMessages(
  locale: Locale,
  namespaces: readonly Namespace[],
): Promise<Partial<Messages>> {
  const files = await Promise.all(
    namespaces.map(async (namespace) => {
      const file: { default: unknown } = await import(`@/messages/${locale}/${namespace}.json`)
      return [namespace, file.default]
    }),
  )
  return Object.fromEntries(files)
}
