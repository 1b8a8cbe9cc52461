import type { createTranslator } from 'use-intl/core'
import type { Messages } from '@/lib/i18n/messages'
import type { Notice, NoticeKind } from '@/lib/mail/notice-schema'
import { isolate } from '@/lib/text/isolate'

type Words = { title: string; text: string; action: string }
type Translate = ReturnType<typeof createTranslator<Messages, 'notifications'>>
type Writing = { t: Translate; date: (iso: string) => string }

/** A notice in the reader's language: as a notification and in a mail it says the same. */
export function wordsOf(notice: Notice, { t, date }: Writing): Words {
  switch (notice.kind) {
    case 'pool_low': {
      const { percent, left, runsOutAt, renewsAt } = notice
      const outlook = [
        t('poolLow.left', { left }),
        ...(runsOutAt ? [t('poolLow.runsOut', { date: date(runsOutAt) })] : []),
        ...(renewsAt ? [t('poolLow.renews', { date: date(renewsAt) })] : []),
      ]
      return { title: t('poolLow.title', { percent }), text: outlook.join(' '), action: t('poolLow.action') }
    }
    case 'budget_near': {
      const { percent, layer, name, left, unit, resetsAt } = notice
      const rest = [
        t('budgetNear.left', { left, unit }),
        ...(resetsAt ? [t('budgetNear.renews', { date: date(resetsAt) })] : []),
      ]
      return {
        title: t('budgetNear.title', { percent, layer, name: isolate(name) }),
        ...{ text: rest.join(' '), action: t('budgetNear.action') },
      }
    }
    case 'key_failing':
      return {
        title: t('keyFailing.title'),
        ...{ text: t('keyFailing.text'), action: t('keyFailing.action') },
      }
    case 'backup_late': {
      const { lastAt } = notice
      return {
        title: t('backupLate.title'),
        text: lastAt ? t('backupLate.last', { date: date(lastAt) }) : t('backupLate.none'),
        action: t('backupLate.action'),
      }
    }
    case 'api_key_expiring': {
      const { name, expiresAt } = notice
      return {
        title: t('apiKeyExpiring.title', { name: isolate(name) }),
        ...{ text: t('apiKeyExpiring.text', { date: date(expiresAt) }), action: t('apiKeyExpiring.action') },
      }
    }
    case 'budget_asked': {
      const { name, note } = notice
      return {
        title: t('budgetAsked.title', { name: isolate(name) }),
        ...{ text: note || t('budgetAsked.text'), action: t('budgetAsked.action') },
      }
    }
    case 'budget_answered': {
      const { answer, amount, unit } = notice
      return {
        title: t('budgetAnswered.title', { answer }),
        text: t('budgetAnswered.text', { answer, amount: amount ?? 0, unit }),
        action: t('budgetAnswered.action'),
      }
    }
  }
}

const pages: Record<NoticeKind, string> = {
  pool_low: 'usage',
  budget_near: 'budgets',
  key_failing: 'system',
  backup_late: 'system',
  api_key_expiring: 'keys',
  budget_asked: 'budgets',
  budget_answered: 'budgets',
}

/** Where in the team something can be done about it. */
export const pathOf = (kind: NoticeKind, teamSlug: string) => `/t/${teamSlug}/settings/${pages[kind]}`
