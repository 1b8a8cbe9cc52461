import { describe, expect, test } from 'vitest'
import { drawsSubject, readScene } from '@/sandbox/painter/scene'

describe('readScene', () => {
  test('reads Korean words with their particles, and not inside other words', () => {
    expect(readScene('산에서 달이 뜨는 밤').places).toEqual(['mountains'])
    expect(readScene('산에서 달이 뜨는 밤').sky).toBe('moon')
    expect(readScene('산책하는 사람의 배경').places).toEqual([])
    expect(readScene('산책하는 사람의 배경').subjects).toEqual([{ kind: 'person', count: 1 }])
  })

  test('takes the longest word: a moon jar is no moon', () => {
    expect(readScene('a moon jar')).toMatchObject({ subjects: [{ kind: 'moonJar', count: 1 }], sky: null })
    expect(readScene('달항아리')).toMatchObject({ subjects: [{ kind: 'moonJar', count: 1 }], sky: null })
  })

  test.each([
    ['a tea house on a hill', 'hanok'],
    ['언덕 위의 찻집', 'hanok'],
    ['a flower shop in the rain', 'house'],
    ['비 오는 날의 꽃집', 'house'],
  ])('takes a house for what it is, not for what is sold there: “%s”', (prompt, kind) => {
    expect(readScene(prompt).subjects).toEqual([{ kind, count: 1 }])
  })

  test.each(['four persimmons', '감 네 개', '4 persimmons', '단감 4개'])('counts four in “%s”', (prompt) => {
    expect(readScene(prompt).subjects).toEqual([{ kind: 'persimmon', count: 4 }])
  })

  test.each([
    ['a butterfly and two strawberries', ['butterfly', 'fruit']],
    ['튤립이 꽂힌 화병', ['tulip', 'vase']],
    ['the puppy’s lantern', ['dog', 'lantern']],
    ['a train crossing a bridge', ['train', 'bridge']],
    ['rolling tea fields', []],
    ['녹차밭의 자전거', ['bicycle']],
  ])('finds in “%s” what it is of', (prompt, kinds) => {
    expect(readScene(prompt).subjects.map(({ kind }) => kind)).toEqual(kinds)
  })

  test('takes a plural without a number for several, and a possessive for one', () => {
    const countOf = (prompt: string) => readScene(prompt).subjects[0]?.count
    expect(['sunflowers', 'cherries', 'a fox', "the fox's den"].map(countOf)).toEqual([3, 3, 1, 1])
  })

  test.each(['a market alley in Seoul', '서울의 골목 시장'])(
    'takes “%s” for the lane, not for the skyline',
    (prompt) => {
      expect(readScene(prompt).places[0]).toBe('alley')
    },
  )

  test('gives each count to the noun beside it', () => {
    expect(readScene('three cranes and one pine tree').subjects).toEqual([
      { kind: 'crane', count: 3 },
      { kind: 'pine', count: 1 },
    ])
  })

  test.each([
    ['a red fox at dawn in spring rain', '봄비 내리는 새벽, 빨간 여우'],
    ['misty autumn mountains at sunset', '안개 낀 가을 산, 노을'],
    ['two koi in a pond', '연못 속 잉어 두 마리'],
  ])('reads “%s” and “%s” as one scene', (english, korean) => {
    expect(readScene(korean)).toEqual(readScene(english))
  })

  test('leaves a colour to the thing it stands before, and the rest to the image', () => {
    const { subjects, colours } = readScene('a white moon jar, blue background')
    expect(subjects).toEqual([{ kind: 'moonJar', count: 1, colour: [243, 241, 234] }])
    expect(colours).toEqual([[44, 99, 200]])
    expect(readScene('흰 달항아리, 파란 배경')).toEqual(readScene('a white moon jar, blue background'))
    expect(readScene('a red rose').colours).toEqual([])
  })

  test('tells prompts of unknown words apart by their flavour alone', () => {
    const [one, other] = [readScene('zzz'), readScene('yyy')]
    expect(one.flavour).not.toBe(other.flavour)
    expect({ ...one, flavour: 0 }).toEqual({ ...other, flavour: 0 })
  })

  test.each([
    ['sneaker', 'sneakers|trainers|a shoe|운동화|스니커즈'],
    ['burger', 'a burger|hamburger|버거|햄버거'],
    ['phone', 'a phone|smartphone|폰|스마트폰|휴대폰'],
    ['laptop', 'a laptop|notebook computer|노트북'],
    ['cosmetics', 'cosmetics|lipstick|face cream|a serum|화장품|립스틱|세럼'],
    ['perfume', 'perfume|a bottle of perfume|향수'],
    ['can', 'a can|soda can|a can of cola|aluminium can|tin can|캔|음료'],
    ['shirt', 'a shirt|t-shirt|tee|셔츠|티셔츠'],
    ['watch', 'a watch|luxury watch|wristwatch|손목시계'],
    ['carInterior', 'car interior|inside a car|dashboard|자동차 실내|운전석'],
    ['sofa', 'a sofa|couch|소파'],
    ['chair', 'a chair|armchair|의자'],
    ['astronaut', 'an astronaut|우주비행사'],
    ['cake', 'a cake|birthday cake|케이크'],
    ['fruit', 'an apple|사과'],
    ['fruitBowl', 'fruit|a basket of fruit|과일'],
    ['citrus', 'a fresh orange|오렌지'],
    ['christmasTree', 'a Christmas tree|크리스마스 트리'],
    ['crowd', 'concert crowd|콘서트|관중'],
    ['man', 'a man|portrait of a man|남자'],
    ['portrait', 'portrait|a woman|a face|a person|인물|초상|얼굴'],
    ['handPhone', 'hands with phone|a hand holding a phone|휴대폰을 든 손'],
    ['storefront', 'storefront|a shop|café front|매장|가게|상점'],
    ['sleepingFox', 'a sleeping fox|a fox asleep in the grass|잠든 여우'],
  ])('finds the subject “%s” by its English and its Korean words, once', (kind, words) => {
    for (const prompt of words.split('|'))
      expect(readScene(prompt).subjects, prompt).toEqual([{ kind, count: 1 }])
  })

  test.each([
    'can you paint the wind',
    'a can-do spirit',
    'watch the sunset',
    'watching the rain',
    'headphones, pancakes and a wheelchairless workshop',
    'the rock face of a cliff',
    'ice cream',
    '아이스크림',
    '스트리트 패션',
    '시계 방향',
    'shop now',
  ])('finds no subject in “%s”', (prompt) => {
    expect(readScene(prompt).subjects).toEqual([])
  })

  test('takes whose a thing is for no person', () => {
    expect(readScene('men’s sneakers').subjects).toEqual([{ kind: 'sneaker', count: 1 }])
    expect(readScene('여성용 향수').subjects).toEqual([{ kind: 'perfume', count: 1 }])
  })

  test('takes the likeness of somebody named for theirs', () => {
    const kinds = (prompt: string) => readScene(prompt).subjects.map(({ kind }) => kind)
    expect(kinds('portrait of a cat')).toEqual(['cat'])
    expect(kinds('할머니의 초상')).toEqual(['portrait'])
    expect(kinds('a woman with a cat')).toEqual(['portrait', 'cat'])
  })
})

describe('drawsSubject', () => {
  test.each(['a sneaker', '사과', 'mountains at dusk', 'the full moon', '잠든 여우'])(
    'is true of “%s”',
    (prompt) => {
      expect(drawsSubject(prompt)).toBe(true)
    },
  )

  test.each(['', 'zzz', 'a violin at night', 'quarterly report, blue', '바이올린'])(
    'is false of “%s”',
    (prompt) => {
      expect(drawsSubject(prompt)).toBe(false)
    },
  )
})
