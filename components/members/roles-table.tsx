import { Check, Minus } from 'lucide-react'
import { Section } from '@/components/settings/section'
import { roleCan, ROLES } from '@/lib/access/roles'
import { getTranslations } from '@/lib/i18n/translations'

const rows = ['see', 'generate', 'change_all', 'change_team'] as const

/** The roles table of the code, in words. */
export async function RolesTable() {
  const t = await getTranslations('settings')
  return (
    <Section title={t('members.table')}>
      <div className="relative overflow-x-auto">
        <table className="w-full border-collapse">
          <thead className="text-left text-13 text-text-3">
            <tr>
              <th className="pb-2.5 font-medium">{t('members.may')}</th>
              {ROLES.map((role) => (
                <th key={role} className="w-20 pb-2.5 text-center font-medium phone:w-12 phone:text-11">
                  {t(`roles.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((act) => (
              <tr key={act} className="border-t border-line">
                <th scope="row" className="py-3 pr-4 text-left font-normal text-text-2">
                  {t(`members.acts.${act}`)}
                </th>
                {ROLES.map((role) => (
                  <td key={role} className="text-center">
                    <Mark
                      isYes={roleCan(role, act)}
                      name={t(roleCan(role, act) ? 'members.yes' : 'members.no')}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Mark({ isYes, name }: { isYes: boolean; name: string }) {
  const Icon = isYes ? Check : Minus
  return (
    <>
      <Icon aria-hidden className={isYes ? 'mx-auto size-4' : 'mx-auto size-4 text-text-3'} />
      <span className="sr-only">{name}</span>
    </>
  )
}
