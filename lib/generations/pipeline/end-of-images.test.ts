import { describe, expect, test } from 'vitest'
import { endOfImages, NO_IMAGE, UNDECODABLE } from '@/lib/generations/pipeline/end-of-images'

const finishedAt = new Date()
const pending = { state: 'pending', error: null } as const
const completed = { state: 'completed', error: null } as const
const failed = (error: string | null) => ({ state: 'failed', error }) as const

describe('images', () => {
  test('of which some are still to come end nothing', () => {
    const images = [completed, failed('nsfw'), pending]
    expect(endOfImages(images, finishedAt)).toEqual({ edge: 'accept', data: {} })
  })

  test('of which one is whole are a success that was paid for', () => {
    const images = [failed('nsfw'), failed(UNDECODABLE), completed]
    expect(endOfImages(images, finishedAt)).toEqual({
      edge: 'succeed',
      data: { charged: 'yes', finishedAt },
    })
  })

  test.each([
    ['the first reason that upstream gives', [failed(UNDECODABLE), failed('nsfw'), failed('late')], 'nsfw'],
    ['no reason where upstream gives none', [failed(NO_IMAGE), failed(null)], null],
  ])('of which upstream says that they failed are a failure, with %s', (_which, images, errorParameter) => {
    const data = { errorCode: 'generation_failed', errorParameter, charged: 'unknown', finishedAt }
    expect(endOfImages(images, finishedAt)).toEqual({ edge: 'fail', data })
  })

  test.each([
    ['that cannot be read', [failed(UNDECODABLE), failed(NO_IMAGE)]],
    ['that are none at all', []],
  ])('%s are an end that nobody knows', (_which, images) => {
    const data = { statusReason: 'malformed', charged: 'unknown', finishedAt }
    expect(endOfImages(images, finishedAt)).toEqual({ edge: 'lose', data })
  })
})
