import 'server-only'
import { z } from 'zod'
import { PROVIDER_IDS, type Identity } from '@/lib/account/identity'
import { sealedCookie } from '@/lib/account/sealed-cookie'

const intent = z.object({
  provider: z.enum(PROVIDER_IDS),
  /** The session that asked to link the account to its person; null for who wants to sign in. */
  linksTo: z.uuid().nullable(),
  /** A path of this site. */
  next: z.string(),
})
export type SignInIntent = z.infer<typeof intent>

/** What the person wanted when they left for the provider; as old as next-auth's own cookies of that way may be. */
export const intentCookie = sealedCookie({
  name: 'studio-sign-in-intent',
  path: '/api/auth',
  maxAgeS: 900,
  shape: intent,
})

const identity: z.ZodType<Identity> = z.object({
  provider: z.enum(PROVIDER_IDS),
  subject: z.string(),
  email: z.string().nullable(),
  isEmailVerified: z.boolean(),
  name: z.string().nullable(),
})

/** Whom a provider has just seen and the studio does not know: what the page says, and what a password links. */
export const identityCookie = sealedCookie({
  name: 'studio-identity',
  path: '/',
  maxAgeS: 600,
  shape: identity,
})
