'use client'
import { TriangleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Section } from '@/components/settings/section'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import type { Node } from '@/lib/system/schema'

/** The processes of a studio that has several, on whatever machines. On phones the lesser figures stand below the name. */
export function NodesPanel({ nodes }: { nodes: Node[] }) {
  const t = useTranslations('settings')
  const head = 'pb-2.5 pl-4 text-right font-medium wrap-normal phone:hidden'
  return (
    <Section title={t('system.nodes.title')} lead={t('system.nodes.lead')}>
      <table className="w-full border-collapse">
        <thead className="text-13 text-text-3">
          <tr>
            <th className="pb-2.5 text-left font-medium">{t('system.nodes.name')}</th>
            <th className={head}>{t('system.nodes.version')}</th>
            <th className={head}>{t('system.nodes.underWay')}</th>
            <th className={head}>{t('system.nodes.loopDelay')}</th>
            <th className={head}>{t('system.nodes.eventDelay')}</th>
            <th className="pb-2.5 pl-4 text-right font-medium wrap-normal">{t('system.nodes.state')}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <NodeRow key={node.id} node={node} />
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function NodeRow({ node }: { node: Node }) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const relative = useRelativeTime()
  const delay = (value: number) =>
    format.number(value, { style: 'unit', unit: 'millisecond', unitDisplay: 'narrow' })
  const { name, role, version, state, isOwn, underWay, loopDelayMs, eventDelayMs, seenAt } = node
  const isGone = state === 'gone'
  const cell = 'py-3 pl-4 text-right align-top whitespace-nowrap tabular-nums phone:hidden'
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-3 text-left align-top font-medium wrap-anywhere">
        {name}
        <span className="block text-13 font-normal text-text-3">
          {t(`system.nodes.roles.${role}`)}
          {isOwn && ` · ${t('system.nodes.own')}`}
        </span>
        <span className="hidden text-13 font-normal text-text-3 phone:block">
          {`${version} · ${t('system.nodes.underWay')}: ${format.number(underWay)}`}
        </span>
      </th>
      <td className={cell}>{version}</td>
      <td className={cell}>{format.number(underWay)}</td>
      <td className={cell}>{isGone ? '—' : delay(loopDelayMs)}</td>
      <td className={cell}>{isGone ? '—' : delay(eventDelayMs)}</td>
      <td className="py-3 pl-4 text-right align-top wrap-normal">
        <span className="inline-flex items-center gap-1.5">
          {isGone && <TriangleAlert aria-hidden className="size-4 shrink-0" />}
          {t(`system.nodes.states.${state}`)}
        </span>
        {isGone && (
          <span className="block text-13 text-text-3" suppressHydrationWarning>
            {t('system.nodes.seen', { time: relative(seenAt) })}
          </span>
        )}
      </td>
    </tr>
  )
}
