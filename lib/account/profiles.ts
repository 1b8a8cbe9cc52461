import { z } from 'zod'
import type { Identity, ProviderId } from '@/lib/account/identity'
import { emailAddress } from '@/lib/account/schema'

/** What a provider sends that is no e-mail address, or no name, is taken for none. */
const email = emailAddress.nullish().catch(null)
const text = z
  .string()
  .transform((name) => name.replace(/[\p{Cc}\p{Surrogate}]/gu, ' ').trim())
  .pipe(z.string().min(1))
  .nullish()
  .catch(null)
const subject = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .pipe(z.string().regex(/^[\x20-\x7e]{1,255}$/))
/** Some providers say it as a word. */
const yes = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
  .nullish()
  .catch(false)

const claims = z.object({
  sub: subject,
  email,
  email_verified: yes,
  name: text,
  preferred_username: text,
  /** Google: the organisation whose account it is. */
  hd: text,
})
const kakaoProfile = z.object({
  id: subject,
  kakao_account: z
    .object({
      email,
      is_email_valid: yes,
      is_email_verified: yes,
      profile: z.object({ nickname: text }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
const naverProfile = z.object({ response: z.object({ id: subject, email, name: text, nickname: text }) })
const githubProfile = z.object({
  id: subject,
  login: text,
  name: text,
  /** GET /user/emails */
  emails: z
    .array(z.object({ email, primary: yes, verified: yes }))
    .nullish()
    .catch(null),
})

/** How each provider's answer is read. Throws when it names nobody. */
const readers: Record<ProviderId, (profile: unknown) => Omit<Identity, 'provider'>> = {
  oidc: (profile) => {
    const given = claims.parse(profile)
    return {
      subject: given.sub,
      email: given.email ?? null,
      isEmailVerified: given.email_verified === true,
      name: given.name ?? given.preferred_username ?? null,
    }
  },
  // https://developers.google.com/identity/gsi/web/guides/verify-google-id-token: an address elsewhere was proven once,
  // when the account was made, and may be somebody else's by now
  google: (profile) => {
    const given = claims.parse(profile)
    const isGoogles = given.email?.endsWith('@gmail.com') === true || Boolean(given.hd)
    return {
      subject: given.sub,
      email: given.email ?? null,
      isEmailVerified: given.email_verified === true && isGoogles,
      name: given.name ?? null,
    }
  },
  // https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#kakaoaccount
  kakao: (profile) => {
    const { id, kakao_account: account } = kakaoProfile.parse(profile)
    return {
      subject: id,
      email: account?.email ?? null,
      isEmailVerified: account?.is_email_valid === true && account.is_email_verified === true,
      name: account?.profile?.nickname ?? null,
    }
  },
  // https://developers.naver.com/docs/login/profile: a contact address that its owner may change to any other
  naver: (profile) => {
    const { response } = naverProfile.parse(profile)
    return {
      subject: response.id,
      email: response.email ?? null,
      isEmailVerified: false,
      name: response.name ?? response.nickname ?? null,
    }
  },
  // https://docs.github.com/en/rest/users/emails: the public address of the profile says nothing of who reads it
  github: (profile) => {
    const { id, login, name, emails } = githubProfile.parse(profile)
    const primary = emails?.find((one) => one.primary === true)
    return {
      subject: id,
      email: primary?.email ?? null,
      isEmailVerified: primary?.verified === true,
      name: name ?? login ?? null,
    }
  },
}

/** Whom the provider saw, out of its own words. Throws when its answer names nobody. */
export function identityFrom(provider: ProviderId, profile: unknown): Identity {
  return { provider, ...readers[provider](profile) }
}
