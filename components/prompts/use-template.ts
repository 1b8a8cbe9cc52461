import { useState } from 'react'
import { countTemplateUse } from '@/lib/prompts/client'
import type { PromptTemplate } from '@/lib/prompts/schema'
import { variablesOf } from '@/lib/prompts/variables'

/** Puts a template's text in its place; one with variables asks for them first: `filled` is what that dialog takes. */
export function useTemplateUse(team: string, onText: (text: string) => void) {
  const [asked, setAsked] = useState<PromptTemplate | null>(null)
  const finish = (template: PromptTemplate, text: string) => {
    setAsked(null)
    onText(text)
    void countTemplateUse(team, template.id)
  }
  return {
    use: (template: PromptTemplate) =>
      variablesOf(template.text).length > 0 ? setAsked(template) : finish(template, template.text),
    filled: asked && {
      template: asked,
      onUse: (text: string) => finish(asked, text),
      onClose: () => setAsked(null),
    },
  }
}
