import { filesBelow, readIfThere } from '@/e2e/support/folders'

/** The forms in which a secret could leak: as it is, in hex, percent-encoded, and in base64 at each of its three alignments. */
export function secretFormsOf(secret: string): Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${'x'.repeat(shift)}${secret}`).toString('base64')
    return encoded.slice(shift === 0 ? 0 : 4, -4)
  })
  const forms = [secret, Buffer.from(secret).toString('hex'), encodeURIComponent(secret), ...base64]
  return [...new Set(forms)].map((form) => Buffer.from(form))
}

export const holds = (bytes: Buffer | string, forms: Buffer[]): boolean => {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  return forms.some((form) => buffer.includes(form))
}

/** The files below a folder that hold one of the forms, and how many were read. */
export function searchFolder(folder: string, forms: Buffer[]): { found: string[]; files: number } {
  const files = filesBelow(folder).map(({ file }) => file)
  return { found: files.filter((file) => holds(readIfThere(file), forms)), files: files.length }
}
