import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

const require = createRequire(import.meta.url)
const schemaDirectory = path.resolve(import.meta.dirname, '..', 'prisma', 'schema')

type Engine = { diff(request: unknown): Promise<{ stdout?: string | null }> }
type EngineModule = {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
  SchemaEngine: {
    new: (options: unknown, log: (message: string) => void, adapter: unknown) => Promise<Engine>
  }
}

/** The SQL that turns the database into what prisma/schema says; empty when they agree. */
export async function schemaDifference(url: string): Promise<string> {
  const { SchemaEngine } = await (engineModule ??= loadEngine())
  const catalog = catalogReader(url)
  try {
    const files = schemaFiles()
    const adapter = bindMigrationAwareSqlAdapterFactory(catalog.factory)
    const datamodels = files.map(({ path, content }) => [path, content])
    const engine = await SchemaEngine.new({ datamodels }, () => {}, adapter)
    const answer = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      filters: { externalTables: [], externalEnums: [] },
      exitCode: null,
      script: true,
    })
    const sql = answer.stdout?.trim() ?? ''
    return sql === '-- This is an empty migration.' ? '' : sql
  } finally {
    await catalog.close()
  }
}

/**
 * The engine reads PostgreSQL's catalogs, whose own types the adapter does not know: "char" (18) must arrive as a
 * character, name[] (1003) as a list of texts.
 */
function catalogReader(url: string) {
  const pool = new pg.Pool({ connectionString: url })
  const characters = new WeakMap<object, boolean[]>()
  const query = pool.query.bind(pool)
  const readAsText = async (config: pg.QueryConfig) => {
    const result = await query(config)
    const fields = result.fields ?? []
    characters.set(
      result.rows,
      fields.map(({ dataTypeID }) => dataTypeID === 18),
    )
    for (const field of fields) field.dataTypeID = asText[field.dataTypeID] ?? field.dataTypeID
    return result
  }
  const factory = new PrismaPg(Object.assign(pool, { query: readAsText }))
  const connectPlain = factory.connect.bind(factory)
  const connect = async () => {
    const adapter = await connectPlain()
    const queryRaw = adapter.queryRaw.bind(adapter)
    const withCharacters = async (request: SqlQuery) => {
      const answer = await queryRaw(request)
      const isCharacter = characters.get(answer.rows) ?? []
      const columnTypes = answer.columnTypes.map((type, i) =>
        isCharacter[i] ? ColumnTypeEnum.Character : type,
      )
      return { ...answer, columnTypes }
    }
    return Object.assign(adapter, { queryRaw: withCharacters })
  }
  return { factory: Object.assign(factory, { connect }), close: () => pool.end() }
}

const asText: Record<number, number> = { 18: 25, 1003: 1009 }

function schemaFiles() {
  const names = fs.readdirSync(schemaDirectory).filter((name) => name.endsWith('.prisma'))
  return names.sort().map((name) => ({
    path: `prisma/schema/${name}`,
    content: fs.readFileSync(path.join(schemaDirectory, name), 'utf8'),
  }))
}

let engineModule: Promise<EngineModule> | undefined

/** Prisma's schema engine as WebAssembly: the one that needs no download. One instance per process. */
async function loadEngine(): Promise<EngineModule> {
  const directory = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const engine: EngineModule = await import(path.join(directory, 'schema_engine_bg.js'))
  const bytes = fs.readFileSync(path.join(directory, 'schema_engine_bg.wasm'))
  const imports = { './schema_engine_bg.js': { ...engine } } as unknown as WebAssembly.Imports // its own glue, untyped
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  engine.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') start()
  return engine
}
