import { ImagePlus, Images, Link2, Palette, Settings, type LucideIcon } from 'lucide-react'

export const PAGES = ['create', 'gallery', 'styles', 'links', 'settings'] as const
export type Page = (typeof PAGES)[number]

export const pageIcons: Record<Page, LucideIcon> = {
  create: ImagePlus,
  gallery: Images,
  styles: Palette,
  links: Link2,
  settings: Settings,
}

export function pagePath(team: string, page: Page): string {
  return page === 'settings' ? `/t/${team}/settings/profile` : `/t/${team}/${page}`
}

/** Which page a path belongs to; an image belongs to the gallery, a set to the form. */
export function pageOf(path: string): Page | undefined {
  const part = path.split('/')[3] ?? ''
  if (part === 'images' || part === 'trash') return 'gallery'
  if (part === 'sets') return 'create'
  return PAGES.find((page) => page === part)
}
