'use client'
import { useState } from 'react'
import { ApiError, hasNoAnswer } from '@/lib/platform/api-client'

const SENTENCES = ['upstream_off', 'upstream_refused', 'not_found', 'other'] as const
export type AskFailure = (typeof SENTENCES)[number]

/**
 * A question to upstream about `subject`: whether its answer is awaited, and which sentence (`create.askFailed`) says why
 * none came. Of another subject that says nothing.
 */
export function useAsk(subject: string) {
  const [isAsking, setAsking] = useState(false)
  const [failed, setFailed] = useState<{ subject: string; sentence: AskFailure } | null>(null)
  async function ask(question: () => Promise<void>): Promise<void> {
    setAsking(true)
    setFailed(null)
    try {
      await question()
    } catch (error) {
      const code = error instanceof ApiError && !hasNoAnswer(error) ? error.code : 'other'
      setFailed({ subject, sentence: SENTENCES.find((sentence) => sentence === code) ?? 'other' })
    } finally {
      setAsking(false)
    }
  }
  const failure = failed?.subject === subject ? failed.sentence : null
  return { isAsking, failure, ask }
}
