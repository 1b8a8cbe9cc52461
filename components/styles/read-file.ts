export type StyleFile = { name: string; format: 'csv' | 'json'; content: string }

/** A file's text. Spreadsheets on Korean Windows save CSV as CP949: what is not UTF-8 is read as that. */
export async function readStyleFile(file: File): Promise<StyleFile> {
  const bytes = await file.arrayBuffer()
  const content = decode(bytes)
  const isJson = /\.json$/i.test(file.name) || /^\s*[[{]/.test(content)
  return { name: file.name, format: isJson ? 'json' : 'csv', content }
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('euc-kr').decode(bytes)
  }
}
