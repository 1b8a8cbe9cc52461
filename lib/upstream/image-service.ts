import type { AnswerImage } from '@/lib/upstream/answer'
import type { AskOptions, CreateOptions, Outcome, Reply } from '@/lib/upstream/outcome'
import type { CreateImageRequest, Balances } from '@/lib/upstream/schema'

/** The account behind the key; what upstream did not send is undefined. */
export type AccountFacts = Partial<Balances> & {
  userId?: string
  simultaneousLimit?: number
  renewsAt?: Date
}
export type EnhancedPrompt = { initialPrompt?: string; enhancedPrompt: string }
export type Caption = { captionPrompt: string; captionTPrompt?: string }

/**
 * What the product wants of an image service, in the words of Flamel's contract. Whatever the network does is an
 * outcome, nothing is thrown for it. `create` costs credits and is sent at most once; everything else may be repeated.
 */
export type ImageService = {
  /** Sends it exactly once; the answer is durable in its spool before it is reported. */
  create(request: CreateImageRequest, options: CreateOptions): Promise<Outcome>
  /** How an image stands that was asked for with `async`. */
  getImage(imageId: number, options?: AskOptions): Promise<Reply<AnswerImage>>
  getAccount(options?: AskOptions): Promise<Reply<AccountFacts>>
  enhance(input: { text: string; styleId?: number }, options?: AskOptions): Promise<Reply<EnhancedPrompt>>
  describe(input: { image: string; language: 'ko' | 'en' }, options?: AskOptions): Promise<Reply<Caption>>
  uploadReference(
    image: { bytes: Buffer; mimeType: string },
    options?: AskOptions,
  ): Promise<Reply<{ image: string }>>
}
