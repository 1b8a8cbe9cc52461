import { idIn, route } from '@/lib/access/http'
import { promptTemplateChange } from '@/lib/prompts/schema'
import { deletePromptTemplate, getPromptTemplate, updatePromptTemplate } from '@/lib/prompts/templates'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getPromptTemplate(actor, idIn(params)))

export const PATCH = route({ scope: 'generate', input: promptTemplateChange }, ({ actor, params, input }) =>
  updatePromptTemplate(actor, idIn(params), input),
)

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) =>
  deletePromptTemplate(actor, idIn(params)),
)
