import { z } from 'zod'

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/)
const credential = {
  id: base64url(1_400), // a credential id has at most 1,023 bytes (WebAuthn §4)
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}

/** What a browser answers to "sign this challenge", as `toJSON` of the credential writes it. */
export const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(8_000),
    userHandle: base64url(100).optional(),
  }),
})
export type Assertion = z.infer<typeof assertion>

/** The same to "make a passkey". */
export const attestation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(30_000),
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
})
