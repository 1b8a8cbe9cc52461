import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './globals.css'
import { getLocale, getTheme, getTranslations } from '@/lib/i18n'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return { title: { default: t('brand'), template: `%s · ${t('brand')}` }, icons: { icon: '/icon.svg' } }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await getLocale()} data-theme={await getTheme()}>
      <body>{children}</body>
    </html>
  )
}
