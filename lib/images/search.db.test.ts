import { beforeEach, describe, expect, test } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { countImages } from '@/lib/images/counts'
import { listImagesQuery } from '@/lib/images/schema'
import { listImages } from '@/lib/images/server'
import { db } from '@/lib/platform/db'
import { searchText } from '@/lib/text/search'
import { Prisma } from '@/prisma/generated/client'

let member: Actor
beforeEach(async () => {
  member = await makeActor(await makeTeam(), 'member')
})

async function make(prompts: string[]) {
  for (const prompt of prompts) await makeGeneration(member, { prompt })
}

async function found(q: string): Promise<string[]> {
  const { items } = await listImages(member, listImagesQuery.parse({ q }))
  const { total } = await countImages(member, { q })
  expect(total).toBe(items.length)
  return [...new Set(items.map(({ prompt }) => prompt))].sort()
}

describe("the gallery's search", () => {
  test('finds Korean however it is written and however it is typed', async () => {
    const prompts = ['푸른 바다'.normalize('NFD'), '푸른  바다', '바다푸른', 'ㅂㄷ', '라면 비 사이']
    await make(prompts)
    const [decomposed = '', wide = '', joined = '', letters = '', other = ''] = prompts
    const all = [decomposed, wide, joined].sort()
    expect(await found('푸른 바다')).toEqual(all)
    expect(await found('바다 푸른')).toEqual(all)
    expect(await found('푸른바다')).toEqual([decomposed, wide].sort())
    expect(await found('바다'.normalize('NFD'))).toEqual(all)
    expect(await found('ㅂㄷ')).toEqual([...all, letters].sort())
    expect(await found('ㅍㄹㅂ다')).toEqual([decomposed, wide].sort())
    expect(await found('푸른ㅂㄷ')).toEqual([decomposed, wide].sort())
    expect(await found('ㄻ')).toEqual([other])
    expect(await found('ㅄㅇ')).toEqual([other])
  })

  test('finds Latin without regard to accents, width and order, and signs as they are', async () => {
    await make(['Café at dusk', 'ＣＡＦＥ', '100% cotton', '1000 cottons', 'a_b', 'back\\slash', '👩‍🎨 paints'])
    expect(await found('dusk cafe')).toEqual(['Café at dusk'])
    expect(await found('café')).toEqual(['Café at dusk', 'ＣＡＦＥ'])
    expect(await found('cotton 100%')).toEqual(['100% cotton'])
    expect(await found('k\\s')).toEqual(['back\\slash'])
    expect(await found('👩')).toEqual(['👩‍🎨 paints'])
    expect(await found('\u200b')).toHaveLength(7)
  })

  test('follows a prompt that is changed', async () => {
    await make(['before'])
    await db().generation.updateMany({ where: { teamId: member.teamId }, data: { prompt: '나중' } })
    expect(await found('ㄴㅈ')).toEqual(['나중'])
  })
})

test('the database folds a text exactly as the program does', async () => {
  const texts = [
    '',
    '  ',
    '푸른  바다, SEA 2 \n 여행',
    '바다'.normalize('NFD'),
    'ㅋㅋㅠㅠ ㄳ ㅄㅇ ㅏㅣ',
    '\u1112\u1161\u11ab \u1100 \u1161',
    'Café ÇA ß ẞ Æ œ Ø İstanbul ı Þ ŁÓDŹ ΣΑΣ ς Ёж',
    'ＦＵＬＬ　ｗｉｄｔｈ ﾊﾝｶｸ ㎏ ½ ﬁ … ´ “a” ‘b’ – — −',
    '\u200b\u200dzero\ufeff\u00ad \u202ebidi\u2066',
    '👩‍👩‍👧 🇰🇷 ✂️ 100%_\\',
    'ภาพที่สวย سَلَام עִבְרִית 山の 写真 あ い',
    "don't don’t",
    '힣 가 ㅎ ㄱ',
    'a\u0085b\u2028c\u1680d\u3000e\u00a0f',
  ]
  const rows = await db().$queryRaw<{ text: string }[]>(
    Prisma.sql`SELECT search_text(given) AS text FROM unnest(${texts}::text[]) WITH ORDINALITY AS t(given, place) ORDER BY place`,
  )
  expect(rows.map(({ text }) => text)).toEqual(texts.map(searchText))
})
