import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import letters from 'pretendard/dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.91.woff2'
import type { ReactNode } from 'react'
import { preload } from 'react-dom'
import './globals.css'
import { KEEP_EARLY_ACTS } from '@/components/shell/early-acts'
import { ReplayEarlyActs } from '@/components/shell/replay-early-acts'
import { getLocale, getTheme, getTranslations } from '@/lib/i18n/translations'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return { title: { default: t('brand'), template: `%s · ${t('brand')}` } }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  preload(letters, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
  return (
    <html lang={await getLocale()} data-theme={await getTheme()}>
      <head>
        {/* not in the metadata, which are taken out between two pages: browsers would ask for /favicon.ico */}
        <link rel="icon" href="/icon.svg" />
        {/* nothing is painted of half a page: what comes later would move what is there */}
        <link rel="expect" href="#whole" blocking="render" />
        <script nonce={await getNonce()} dangerouslySetInnerHTML={{ __html: KEEP_EARLY_ACTS }} />
      </head>
      <body>
        {children}
        <ReplayEarlyActs />
        <span id="whole" hidden />
      </body>
    </html>
  )
}

/** What the policy of this answer lets scripts run by; the server put it there. */
async function getNonce(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy') ?? ''
  return /'nonce-([^']+)'/.exec(policy)?.[1]
}
