'use client'
import { useState } from 'react'
import { ApiError, isOffline } from '@/lib/api-client'

const SENTENCES = ['upstream_off', 'upstream_refused', 'not_found', 'other'] as const
export type AskFailure = (typeof SENTENCES)[number]

/** A question to upstream: whether its answer is awaited, and which sentence (`create.askFailed`) says why none came. */
export function useAsk() {
  const [isAsking, setAsking] = useState(false)
  const [failure, setFailure] = useState<AskFailure | null>(null)
  async function ask(question: () => Promise<void>): Promise<void> {
    setAsking(true)
    setFailure(null)
    try {
      await question()
    } catch (error) {
      const code = error instanceof ApiError && !isOffline(error) ? error.code : 'other'
      setFailure(SENTENCES.find((sentence) => sentence === code) ?? 'other')
    } finally {
      setAsking(false)
    }
  }
  return { isAsking, failure, ask }
}
