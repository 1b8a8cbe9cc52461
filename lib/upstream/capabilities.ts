export type UpstreamKind = 'sandbox' | 'flamel'

export type Capabilities = {
  /** `async: true` may be sent: polling has been seen to return the images. */
  async: boolean
  getImage: boolean
  textToPrompt: boolean
  imageToPrompt: boolean
  uploadReference: boolean
}

const all: Capabilities = {
  async: true,
  getImage: true,
  textToPrompt: true,
  imageToPrompt: true,
  uploadReference: true,
}

/**
 * What an upstream can be asked beside create. Flamel publishes textToPrompt and imageToPrompt whole enough to use;
 * what GET /api/images/{id} returns there is unseen and an upload is not published at all. An endpoint that answers
 * `unsupported` is to be switched off by the caller.
 */
export function capabilities(kind: UpstreamKind): Capabilities {
  return kind === 'sandbox' ? all : { ...all, async: false, getImage: false, uploadReference: false }
}
