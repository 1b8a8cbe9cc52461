import 'server-only'
import { getMe } from '@/lib/upstream/flamel/account'
import { createImage } from '@/lib/upstream/flamel/client'
import { getImage } from '@/lib/upstream/flamel/image'
import { imageToPrompt, textToPrompt } from '@/lib/upstream/flamel/prompts'
import { uploadReference } from '@/lib/upstream/flamel/references'
import type { ImageService } from '@/lib/upstream/image-service'
import type { Upstream } from '@/lib/upstream/outcome'

/** Flamel, or the sandbox that speaks the same contract, as the product's image service. */
export function flamelService(upstream: Upstream): ImageService {
  return {
    create: (request, options) => createImage(upstream, request, options),
    getImage: (imageId, options) => getImage(upstream, imageId, options),
    getAccount: (options) => getMe(upstream, options),
    enhance: (input, options) => textToPrompt(upstream, input, options),
    describe: (input, options) => imageToPrompt(upstream, input, options),
    uploadReference: (image, options) => uploadReference(upstream, image, options),
  }
}
