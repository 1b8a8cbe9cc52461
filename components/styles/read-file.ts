import { decodeText } from '@/lib/text/encoding'

export type StyleFile = { name: string; format: 'csv' | 'json'; content: string }

/** A list of styles as its file has it. */
export async function readStyleFile(file: File): Promise<StyleFile> {
  const bytes = await file.arrayBuffer()
  const content = decodeText(bytes)
  const isJson = /\.json$/i.test(file.name) || /^\s*[[{]/.test(content)
  return { name: file.name, format: isJson ? 'json' : 'csv', content }
}
