import type { UpstreamKind } from '@/prisma/generated/client'

type Capabilities = {
  textToPrompt: boolean
  imageToPrompt: boolean
  uploadReference: boolean
}

/**
 * What an upstream can be asked beside create. Flamel publishes textToPrompt and imageToPrompt whole enough to use; an upload
 * is not published at all. An endpoint that answers `unsupported` is to be switched off by the caller.
 */
export function capabilities(kind: UpstreamKind): Capabilities {
  return { textToPrompt: true, imageToPrompt: true, uploadReference: kind === 'sandbox' }
}
