import fs from 'node:fs'
import path from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

const file = path.join(import.meta.dirname, 'create-image.openapi.yaml')
const document = parse(fs.readFileSync(file, 'utf8'))
const create = document.paths['/api/images/create'].post

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(document, 'published')

/** A validator of one published schema, by name. */
export function published(schema: string): ValidateFunction {
  return ajv.compile({ $ref: `published#/components/schemas/${schema}` })
}

/** Every published example of a request body, by its name. */
export const publishedExamples: [string, Record<string, unknown>][] = Object.entries<{
  value: Record<string, unknown>
}>(create.requestBody.content['application/json'].examples).map(([name, { value }]) => [name, value])

/** The eighteen published refusals: status, our name for it, and its `data` with placeholders. */
export const publishedRefusals: { status: number; name: string; data: string }[] = Object.entries<{
  examples: Record<string, string>
}>(create.responses).flatMap(([status, { examples }]) =>
  Object.entries(examples).map(([name, data]) => ({ status: Number(status), name, data })),
)

/** A refusal's `data` as a pattern: each placeholder stands for any text. */
export function dataPattern(data: string): RegExp {
  const parts = data.split(/:[a-zA-Z]+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^()]+')}$`)
}
