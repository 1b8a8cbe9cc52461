import { describe, expect, it } from 'vitest'
import { readScene } from '@/sandbox/painter/scene'

describe('readScene', () => {
  it('reads Korean words with their particles, and not inside other words', () => {
    expect(readScene('산에서 달이 뜨는 밤').places).toEqual(['mountains'])
    expect(readScene('산에서 달이 뜨는 밤').sky).toBe('moon')
    expect(readScene('산책하는 사람의 배경').places).toEqual([])
    expect(readScene('산책하는 사람의 배경').subjects).toEqual([{ kind: 'person', count: 1 }])
  })

  it('takes the longest word: a moon jar is no moon', () => {
    expect(readScene('a moon jar')).toMatchObject({ subjects: [{ kind: 'moonJar', count: 1 }], sky: null })
    expect(readScene('달항아리')).toMatchObject({ subjects: [{ kind: 'moonJar', count: 1 }], sky: null })
  })

  it.each([
    ['a tea house on a hill', 'hanok'],
    ['언덕 위의 찻집', 'hanok'],
    ['a flower shop in the rain', 'house'],
    ['비 오는 날의 꽃집', 'house'],
  ])('takes a house for what it is, not for what is sold there: “%s”', (prompt, kind) => {
    expect(readScene(prompt).subjects).toEqual([{ kind, count: 1 }])
  })

  it.each(['four persimmons', '감 네 개', '4 persimmons', '단감 4개'])('counts four in “%s”', (prompt) => {
    expect(readScene(prompt).subjects).toEqual([{ kind: 'persimmon', count: 4 }])
  })

  it.each([
    ['a butterfly and two strawberries', ['butterfly', 'fruit']],
    ['튤립이 꽂힌 화병', ['tulip', 'vase']],
    ['the puppy’s lantern', ['dog', 'lantern']],
    ['a train crossing a bridge', ['train', 'bridge']],
    ['rolling tea fields', []],
    ['녹차밭의 자전거', ['bicycle']],
  ])('finds in “%s” what it is of', (prompt, kinds) => {
    expect(readScene(prompt).subjects.map(({ kind }) => kind)).toEqual(kinds)
  })

  it('takes a plural without a number for several, and a possessive for one', () => {
    const countOf = (prompt: string) => readScene(prompt).subjects[0]?.count
    expect(['sunflowers', 'cherries', 'a fox', "the fox's den"].map(countOf)).toEqual([3, 3, 1, 1])
  })

  it.each(['a market alley in Seoul', '서울의 골목 시장'])(
    'takes “%s” for the lane, not for the skyline',
    (prompt) => {
      expect(readScene(prompt).places[0]).toBe('alley')
    },
  )

  it('gives each count to the noun beside it', () => {
    expect(readScene('three cranes and one pine tree').subjects).toEqual([
      { kind: 'crane', count: 3 },
      { kind: 'pine', count: 1 },
    ])
  })

  it.each([
    ['a red fox at dawn in spring rain', '봄비 내리는 새벽, 빨간 여우'],
    ['misty autumn mountains at sunset', '안개 낀 가을 산, 노을'],
    ['two koi in a pond', '연못 속 잉어 두 마리'],
  ])('reads “%s” and “%s” as one scene', (english, korean) => {
    expect(readScene(korean)).toEqual(readScene(english))
  })

  it('leaves a colour to the thing it stands before, and the rest to the image', () => {
    const { subjects, colours } = readScene('a white moon jar, blue background')
    expect(subjects).toEqual([{ kind: 'moonJar', count: 1, colour: [243, 241, 234] }])
    expect(colours).toEqual([[44, 99, 200]])
    expect(readScene('흰 달항아리, 파란 배경')).toEqual(readScene('a white moon jar, blue background'))
    expect(readScene('a red rose').colours).toEqual([])
  })

  it('tells prompts of unknown words apart by their flavour alone', () => {
    const [one, other] = [readScene('zzz'), readScene('yyy')]
    expect(one.flavour).not.toBe(other.flavour)
    expect({ ...one, flavour: 0 }).toEqual({ ...other, flavour: 0 })
  })
})
