import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { answerWithPasskey } from '@/lib/account/client'
import { api } from '@/lib/platform/api-client'
import type { Confirmation, NewRecoveryCodes, TotpSetUp } from '@/lib/second-factor/schema'

const mine = '/api/v1/me/second-factor'
const passkeys = '/api/v1/me/passkeys'

export const beginTotp = (confirmation?: Confirmation) =>
  api.post<TotpSetUp>(`${mine}/totp`, { confirmation })

export const confirmTotp = (token: string, code: string) =>
  api.post<NewRecoveryCodes>(`${mine}/totp/confirmation`, { token, code })

export const removeTotp = (confirmation: Confirmation) => api.post(`${mine}/totp/removal`, { confirmation })

export const renewRecoveryCodes = (confirmation: Confirmation) =>
  api.post<NewRecoveryCodes>(`${mine}/recovery-codes`, { confirmation })

export const noteResetSeen = () => api.delete(`${mine}/notice`)

/** Confirms with a passkey that it is the person; null when none was used. */
export async function confirmWithPasskey(): Promise<Confirmation | null> {
  const response = await answerWithPasskey(`${mine}/passkey-challenge`)
  return response && { passkey: { ...response, clientExtensionResults: {} } }
}

/** Makes a passkey in this browser and keeps it. `canceled` when the person, or the browser, made none; `known` when this device has one. */
export async function addPasskey(
  name: string,
  confirmation?: Confirmation,
): Promise<NewRecoveryCodes | 'canceled' | 'known'> {
  const optionsJSON = await api.post<PublicKeyCredentialCreationOptionsJSON>(`${passkeys}/challenge`, {
    confirmation,
  })
  const { startRegistration } = await import('@simplewebauthn/browser')
  const response = await startRegistration({ optionsJSON }).catch((error: unknown) =>
    error instanceof Error && error.name === 'InvalidStateError' ? 'known' : 'canceled',
  )
  if (response === 'known' || response === 'canceled') return response
  return api.post<NewRecoveryCodes>(passkeys, { name, response })
}

export const renamePasskey = (id: string, name: string) => api.patch(`${passkeys}/${id}`, { name })

export const removePasskey = (id: string, confirmation: Confirmation) =>
  api.post(`${passkeys}/${id}/removal`, { confirmation })

/** Turns off the two-step sign-in of a member who lost their device. */
export const resetSecondFactor = (team: string, memberId: string) =>
  api.post(`/api/v1/members/${memberId}/second-factor-reset`, undefined, { team })

/** Whether the team demands a second factor of its members. */
export const demandSecondFactor = (teamId: string, isDemanded: boolean) => {
  const path = `/api/v1/teams/${teamId}/second-factor-demand`
  return isDemanded ? api.post(path, undefined, { team: teamId }) : api.delete(path, { team: teamId })
}
