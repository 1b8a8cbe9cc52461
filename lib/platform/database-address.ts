import { z } from 'zod'

const MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/**
 * The address of a database. What its `sslmode` demands is what psql understands by it: `require` encrypts and trusts
 * whoever answers, `verify-ca` and `verify-full` compare the certificate. The driver would compare it for each of them.
 */
export const databaseAddress = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
  .refine(
    (text) => URL.canParse(text),
    'is no address: write what is special in its user or password as %40, %23, %2F',
  )
  .superRefine((text, context) => {
    const message = faultOf(parametersOf(text))
    if (message) context.addIssue({ code: 'custom', message })
  })
  .transform(asPsqlReadsIt)

const parametersOf = (text: string) =>
  URL.canParse(text) ? new URL(text).searchParams : new URLSearchParams()

function faultOf(parameters: URLSearchParams): string | null {
  const mode = parameters.get('sslmode')
  if (mode !== null && !MODES.includes(mode))
    return 'has an sslmode that is not known: write disable, require, verify-ca or verify-full'
  if (mode === 'verify-ca' && !namesFile(parameters.get('sslrootcert')))
    return 'has sslmode=verify-ca without a certificate to compare with: add sslrootcert=/path/to/ca.pem'
  return null
}

/** `system` are the authorities that everybody trusts, as Node has them; anything else is a file. */
const namesFile = (root: string | null) => root !== null && root !== '' && root !== 'system'

function asPsqlReadsIt(text: string): string {
  const parameters = parametersOf(text)
  const mode = parameters.get('sslmode')
  const isSystem = parameters.get('sslrootcert') === 'system'
  if (mode === null || mode === 'no-verify' || parameters.has('uselibpqcompat')) return text
  const address = isSystem ? text.replace(/([?&])sslrootcert=system(&|$)/, '$1') : text
  return `${address}${/[?&]$/.test(address) ? '' : '&'}uselibpqcompat=true`
}
