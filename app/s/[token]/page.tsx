import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { cache } from 'react'
import { GoneSharePage } from '@/components/share-links/public-gone'
import { LockedSharePage, type Tried } from '@/components/share-links/public-locked'
import { OpenSharePage } from '@/components/share-links/public-page'
import { getTranslations } from '@/lib/i18n/translations'
import { siteOrigin } from '@/lib/share-links/origin'
import { readPublicPage } from '@/lib/share-links/public-page'

type Props = {
  params: Promise<{ token: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const read = cache(async (token: string) => readPublicPage(token, await headers()))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [page, t] = await Promise.all([read((await params).token), getTranslations('share')])
  if (page.state === 'gone') return { title: { absolute: t('public.gone.title') } }
  if (page.state === 'locked')
    return { title: { absolute: t('public.locked.title', { team: page.teamName }) } }
  const title = page.title || t('public.title')
  const description = `${page.teamName} · ${t('public.count', { count: page.images.length })}`
  const images = page.card
    ? [{ url: page.card, width: 1200, height: 630, type: 'image/jpeg', alt: title }]
    : []
  return {
    metadataBase: new URL(siteOrigin(await headers())),
    title: { absolute: `${title} · ${page.teamName}` },
    description,
    openGraph: { title, description, siteName: page.teamName, type: 'website', images },
    twitter: { card: page.card ? 'summary_large_image' : 'summary', title, description, images },
  }
}

export default async function SharePage({ params, searchParams }: Props) {
  const page = await read((await params).token)
  if (page.state === 'gone') return <GoneSharePage />
  if (page.state === 'open') return <OpenSharePage page={page} />
  return <LockedSharePage {...page} tried={triedOf(await searchParams)} />
}

function triedOf({ tried, s }: Record<string, string | string[] | undefined>): Tried {
  if (tried === 'wait') return { kind: 'wait', seconds: Math.min(900, Math.max(1, Number(s) || 1)) }
  return tried === 'wrong' ? { kind: 'wrong' } : null
}
