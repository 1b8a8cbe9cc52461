import type { ReactNode } from 'react'
import { Messages } from '@/components/messages'
import { SettingsNav } from '@/components/settings/nav'
import { requirePageActor } from '@/lib/access/page'

type Props = { params: Promise<{ team: string }>; children: ReactNode }

export default async function SettingsLayout({ params, children }: Props) {
  const { team, role } = await requirePageActor((await params).team)
  return (
    <Messages namespaces={['auth', 'factors', 'refusals', 'settings', 'shell']}>
      <div className="mx-auto max-w-[1320px] desk:grid desk:grid-cols-[200px_minmax(0,1fr)] wide:grid-cols-[232px_minmax(0,1fr)]">
        <SettingsNav team={team.slug} role={role} />
        <main className="min-w-0 px-4 pt-5 pb-24 desk:px-6 desk:pt-9 wide:px-10">{children}</main>
      </div>
    </Messages>
  )
}
