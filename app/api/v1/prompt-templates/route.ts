import { created, route } from '@/lib/access/http'
import { promptTemplateInput } from '@/lib/prompts/schema'
import { createPromptTemplate, listPromptTemplates } from '@/lib/prompts/templates'

export const GET = route({ scope: 'read' }, ({ actor }) => listPromptTemplates(actor))

export const POST = route({ scope: 'generate', input: promptTemplateInput }, async ({ actor, input }) => {
  const template = await createPromptTemplate(actor, input)
  return created(`/api/v1/prompt-templates/${template.id}`, template)
})
