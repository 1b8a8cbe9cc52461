import type { Balances } from '@/lib/upstream/schema'

/** Grows with every change that lets more answers be read: those that were kept unread are then read again. */
export const READER_VERSION = 1
/** As many as the database has places for: more images of one answer are counted, not read. */
export const IMAGES_MAX = 16

/** An image as it came, decoded. */
export type DecodedImage = { bytes: Buffer; sha256: string }

/** What the program uses of one image of an answer, cleaned; undefined where nothing usable came. */
export type CreatedImage = {
  imageId?: number
  status?: 'PENDING' | 'COMPLETED' | 'FAILED'
  error?: string
  resolution?: string
  groupId?: string
  blurReason?: string
}

/** One image of an answer. `image` is null when none came or it was not base64 (then `isUndecodable`). */
export type AnswerImage = {
  position: number
  /** Upstream's number; null when it sent none that is a whole number. */
  imageId: number | null
  state: 'completed' | 'failed' | 'pending'
  isUndecodable: boolean
  /** What the program uses of it, cleaned. */
  fields: CreatedImage
  decoded: DecodedImage | null
}

/**
 * A spooled answer. `complete` is false when it was cut, is not JSON or is not what the contract says; then `json` is
 * put together from the images that came whole. `entries` counts also those beyond what is read. `json` is as
 * upstream said it, without base64, and bounded (lib/upstream/flamel/answer-members).
 */
export type Answer = {
  complete: boolean
  images: number
  entries: number
  json: Record<string, unknown>
  balances: Balances | null
}
