import type { CDPSession, Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'

const STEP_MS = 30_000

/**
 * An authenticator app that knows one secret. A code counts once, so the second that is asked for belongs to the step
 * after now, which is as far as clocks may differ: two at once, then, and neither is over while it is typed.
 */
export function makeApp(key: string) {
  const secret = Secret.fromBase32(key.replace(/\s/g, ''))
  let given = 0
  return {
    code: () => {
      const step = Math.max(given + 1, Math.floor(Date.now() / STEP_MS))
      given = step
      return TOTP.generate({ secret, timestamp: step * STEP_MS })
    },
  }
}

/** Chromium's virtual authenticator in the page's browser: a device that keeps passkeys and verifies its user. */
export async function addDevice(page: Page): Promise<{ session: CDPSession; authenticatorId: string }> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { session, authenticatorId }
}
