'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { AuditLine } from '@/components/audit/audit-line'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { auditQueries } from '@/lib/audit/client'
import type { AuditFilters } from '@/lib/audit/schema'

type AuditListProps = { team: string; filters: AuditFilters }

/** Who did what, newest first, as far as it is narrowed down; nobody can change it. */
export function AuditList({ team, filters }: AuditListProps) {
  const t = useTranslations('settings.audit')
  const log = useInfiniteQuery(auditQueries.list(team, filters))
  const items = log.data?.pages.flatMap((page) => page.items) ?? []
  const isNarrowed = Object.keys(filters).length > 0
  if (items.length === 0) return <p className="mt-8 text-text-2">{t(isNarrowed ? 'noMatch' : 'empty')}</p>
  return (
    <>
      <ul className="mt-6">
        {items.map((item) => (
          <AuditLine key={item.id} item={item} />
        ))}
      </ul>
      <MoreOfIt query={log} className="mt-4" />
    </>
  )
}
