import type { Answer, Context } from '@/sandbox/context'
import { nextRenewal, PLAN } from '@/sandbox/credits'

/** GET /api/users/me: the published members, personal ones too (with invented values), so that a client must pick. */
export function readMe({ store, settings }: Context): Answer {
  const { defaultCredit, dailyCredit, monthlyCredit } = store.credits()
  const body = {
    userId: 1,
    email: 'account@sandbox.invalid',
    name: 'Sandbox',
    occupation: 'painter',
    business: 'none',
    notifyAgree: false,
    creditNotifyAgree: false,
    tutorialFinished: true,
    profileImage: '',
    snsId: '',
    provider: 'local',
    role: 'normal',
    defaultCredit,
    dailyCredit,
    monthlyCredit,
    customerKey: 'sandbox-customer-key',
    cardNumber: '0000-****-****-0000',
    cardCompany: 'Sandbox Bank',
    planId: 1,
    nextPlanId: 1,
    nextPlanAt: nextRenewal(new Date()).toISOString(),
    Plan: {
      planId: 1,
      grade: 'sandbox',
      minusCreditAllowed: 0,
      maxStyleNumber: 12,
      simultaneousLimit: store.switches.slots ?? settings.slots,
      maxMultiSelect: 4,
      maxEditNumber: 0,
      maxPromptNumber: 100,
      period: 'month',
      oneTimePayment: false,
      ...PLAN,
      CreditCostInfo: [],
    },
  }
  return { status: 200, body }
}
