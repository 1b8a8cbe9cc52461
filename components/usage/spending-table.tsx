import { Section } from '@/components/settings/section'
import { getFormatter, getTranslations } from '@/lib/i18n/translations'
import type { Spending } from '@/lib/ledger/spending'

/** What the balances fell by, by person, and what nobody can attribute. */
export async function SpendingTable({ spending }: { spending: Spending }) {
  const t = await getTranslations('usage')
  const tCommon = await getTranslations('common')
  const format = await getFormatter()
  const { members, otherTeams, unattributed, fell } = spending
  const sums = [
    ...(otherTeams > 0 ? [{ name: t('otherTeams'), credits: otherTeams }] : []),
    { name: t('unattributed'), credits: unattributed },
    { name: t('fell'), credits: fell },
  ]
  const cell = 'py-3 pl-4 text-right whitespace-nowrap tabular-nums'
  return (
    <Section title={t('spending')} lead={t('spendingLead')}>
      <table className="w-full max-w-[560px] border-collapse">
        <tbody>
          {members.map(({ id, name, measured }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="py-3 text-left font-normal wrap-anywhere">
                <bdi>{name || tCommon('formerMember')}</bdi>
              </th>
              <td className={cell}>{format.number(measured)}</td>
            </tr>
          ))}
          {sums.map(({ name, credits }) => (
            <tr key={name} className="border-t border-line text-text-2">
              <th scope="row" className="py-3 text-left font-normal wrap-anywhere">
                {name}
              </th>
              <td className={cell}>{format.number(credits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
