import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import type { Metadata, Viewport } from 'next'
import letters from 'pretendard/dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.91.woff2'
import type { ReactNode } from 'react'
import { preload } from 'react-dom'
import './globals.css'
import { getLocale, getTheme, getTranslations } from '@/lib/i18n/translations'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return { title: { default: t('brand'), template: `%s · ${t('brand')}` }, icons: { icon: '/icon.svg' } }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  preload(letters, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
  return (
    <html lang={await getLocale()} data-theme={await getTheme()}>
      <head>
        {/* nothing is painted of half a page: what comes later would move what is there */}
        <link rel="expect" href="#whole" blocking="render" />
      </head>
      <body>
        {children}
        <span id="whole" hidden />
      </body>
    </html>
  )
}
