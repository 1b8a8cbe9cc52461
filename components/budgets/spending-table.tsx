import { Section } from '@/components/settings/section'
import { getFormatter, getTranslations } from '@/lib/i18n/translations'

type Row = { id: string; name: string; images: number; measured: number; estimated: number; held: number }
type Props = { spending: { members: Row[]; otherTeams: number; unattributed: number; fell: number } }

/** What the balances fell by this month, by person, and what nobody can attribute. */
export async function SpendingTable({ spending }: Props) {
  const t = await getTranslations('settings')
  const format = await getFormatter()
  const { members, otherTeams, unattributed, fell } = spending
  const head = 'pb-2.5 pl-4 text-right font-medium'
  const cell = 'py-3 pl-4 text-right tabular-nums'
  const sums = [
    ...(otherTeams > 0 ? [[t('budgets.otherTeams'), otherTeams] as const] : []),
    [t('budgets.unattributed'), unattributed] as const,
    [t('budgets.total'), fell] as const,
  ]
  return (
    <Section title={t('budgets.spending')} lead={t('budgets.spendingLead')}>
      <div className="relative overflow-x-auto">
        <table className="w-full border-collapse">
          <thead className="text-13 text-text-3">
            <tr>
              <th className="pb-2.5 text-left font-medium">{t('budgets.person')}</th>
              <th className={head}>{t('budgets.images')}</th>
              <th className={head}>{t('budgets.measured')}</th>
              <th className={head}>{t('budgets.estimated')}</th>
              <th className={head}>{t('budgets.onHold')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map(({ id, name, images, measured, estimated, held }) => (
              <tr key={id} className="border-t border-line">
                <th scope="row" className="py-3 text-left font-normal">
                  <bdi>{name}</bdi>
                </th>
                <td className={cell}>{format.number(images)}</td>
                <td className={cell}>{format.number(measured)}</td>
                <td className={cell}>{format.number(estimated)}</td>
                <td className={cell}>{format.number(held)}</td>
              </tr>
            ))}
            {sums.map(([name, credits]) => (
              <tr key={name} className="border-t border-line text-text-2">
                <th scope="row" colSpan={2} className="py-3 text-left font-normal">
                  {name}
                </th>
                <td className={cell}>{format.number(credits)}</td>
                <td colSpan={2} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
