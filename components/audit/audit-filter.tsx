'use client'
import { ArrowDownToLine } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl/react'
import { usePersonName } from '@/components/people/person-name'
import { Button, buttonClass } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { AUDIT_KINDS } from '@/lib/audit/acts'
import { auditCsvPath, filterQuery } from '@/lib/audit/client'
import type { AuditFilters } from '@/lib/audit/schema'

type FilterProps = { teamId: string; people: { id: string; name: string }[]; filters: AuditFilters }

/** Narrows the log down by person, kind of act and days; what is shown can be had as a CSV. The address has it all. */
export function AuditFilter({ teamId, people, filters }: FilterProps) {
  const t = useTranslations('settings.audit')
  const nameOf = usePersonName()
  const router = useRouter()
  const path = usePathname()
  const show = (wanted: Partial<Record<keyof AuditFilters, string>>) =>
    router.replace(`${path}?${filterQuery(wanted)}`, { scroll: false })
  const set = (name: keyof AuditFilters) => (event: { target: { value: string } }) =>
    show({ ...filters, [name]: event.target.value })
  return (
    <div
      role="group"
      aria-label={t('filters')}
      className="mt-6 flex flex-wrap items-end gap-3 phone:grid phone:grid-cols-2"
    >
      <Field label={t('person')} className="w-48 phone:w-auto">
        <Select
          value={filters.personId ?? ''}
          options={[
            { value: '', label: t('anyone') },
            ...people.map(({ id, name }) => ({ value: id, label: nameOf(name) })),
          ]}
          onChange={set('personId')}
        />
      </Field>
      <Field label={t('kind')} className="w-48 phone:w-auto">
        <Select
          value={filters.kind ?? ''}
          options={[
            { value: '', label: t('anything') },
            ...AUDIT_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
          ]}
          onChange={set('kind')}
        />
      </Field>
      <Field label={t('from')} className="w-40 phone:w-auto">
        <Input type="date" value={filters.from ?? ''} max={filters.to} onChange={set('from')} />
      </Field>
      <Field label={t('to')} className="w-40 phone:w-auto">
        <Input type="date" value={filters.to ?? ''} min={filters.from} onChange={set('to')} />
      </Field>
      <div className="flex flex-wrap gap-2 phone:col-span-2">
        <a href={auditCsvPath(teamId, filters)} download className={`${buttonClass()} h-10 phone:h-11`}>
          <ArrowDownToLine aria-hidden className="size-4" />
          {t('export')}
        </a>
        {Object.keys(filters).length > 0 && (
          <Button tone="ghost" className="h-10" onClick={() => show({})}>
            {t('clear')}
          </Button>
        )}
      </div>
    </div>
  )
}
