import 'server-only'
import type { PromptTemplate } from '@/lib/prompts/schema'
import type { Prisma } from '@/prisma/generated/client'

export const selectPromptTemplate = {
  id: true,
  name: true,
  text: true,
  uses: true,
  createdAt: true,
  updatedAt: true,
  maker: { select: { id: true, name: true } },
} satisfies Prisma.PromptTemplateSelect

export type PromptTemplateRow = Prisma.PromptTemplateGetPayload<{ select: typeof selectPromptTemplate }>

export function toPromptTemplate({ createdAt, updatedAt, ...row }: PromptTemplateRow): PromptTemplate {
  return { ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}
