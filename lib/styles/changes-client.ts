import { api } from '@/lib/platform/api-client'
import type { ImportReport, ImportStylesInput, Style, UpdateStyleInput } from '@/lib/styles/schema'

export type Marking = { id: string; favourite: boolean }

/** Marks or unmarks a style as the person's own. */
export function markStyle(team: string, { id, favourite }: Marking): Promise<Style> {
  const path = `/api/v1/styles/${id}/favourite`
  return favourite ? api.post(path, undefined, { team }) : api.delete(path, { team })
}

export type Saving = { id?: string; styleId?: number } & UpdateStyleInput

/** Adds a style, or changes one by id. */
export function saveStyle(team: string, { id, ...fields }: Saving): Promise<Style> {
  return id
    ? api.patch(`/api/v1/styles/${id}`, fields, { team })
    : api.post('/api/v1/styles', fields, { team })
}

export type Thumbnail = { id: string; imageId: string | null }

/** Makes an image of the team the style's thumbnail; `imageId: null` takes the own one away. */
export function setThumbnail(team: string, { id, imageId }: Thumbnail): Promise<Style> {
  const path = `/api/v1/styles/${id}/thumbnail`
  return imageId ? api.post(path, { imageId }, { team }) : api.delete(path, { team })
}

/** Shows what a file would do, or does it. */
export function importStyles(team: string, input: ImportStylesInput): Promise<ImportReport> {
  return api.post('/api/v1/styles/import', input, { team })
}
