// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import {
  FRONT,
  refusalOf,
  SERVER_COMPONENT_MODULES,
  SERVER_PACKAGES,
  SERVER_WITHOUT_MARK,
} from './layers.mjs'

/** @typedef {{ meta: object, create: (context: any) => { [node: string]: ((node: any) => void) | undefined } }} RuleModule of ESLint's interface, which Oxlint has too */

/** @param {{ filename: string, cwd: string }} context */
const relative = ({ filename, cwd }) => path.relative(cwd, filename).split(path.sep).join('/')

/**
 * An import's target as a path from the root without an extension; a package's name stays as it is.
 * @param {string} specifier
 * @param {string} file
 */
function target(specifier, file) {
  if (!/^(@\/|\.)/.test(specifier)) return specifier
  const isAbsolute = specifier.startsWith('@/')
  const place = isAbsolute ? specifier.slice(2) : path.posix.join(path.posix.dirname(file), specifier)
  return path.posix.normalize(place).replace(/\.[cm]?[jt]sx?$/, '')
}

/**
 * Visits every import of a file, in whatever form it is written, with its specifier and whether it is of types alone.
 * @param {(node: any, specifier: string, isType: boolean) => void} visit
 */
function onImport(visit) {
  /** @param {any} node @param {any} source @param {boolean} isType */
  const read = (node, source, isType) => {
    const isTemplate = source?.type === 'TemplateLiteral' && source.expressions.length === 0
    const specifier = isTemplate ? source.quasis[0].value.cooked : source?.value
    if (typeof specifier === 'string') visit(node, specifier, isType)
  }
  /** @param {any} node */
  const check = (node) => read(node, node.source, node.importKind === 'type' || node.exportKind === 'type')
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
    TSImportType: (/** @type {any} */ node) => read(node, node.source, true),
    TSImportEqualsDeclaration: (/** @type {any} */ node) =>
      read(node, node.moduleReference.expression, node.importKind === 'type'),
    CallExpression: (/** @type {any} */ node) =>
      node.callee.name === 'require' && read(node, node.arguments[0], false),
  }
}

/**
 * Whether a module, a path from the root or a package, is the server's: by its place in layers.mjs, or because it begins
 * with `import 'server-only'`.
 * @param {string} root
 * @param {string} module
 */
function isServerOnly(root, module) {
  if (SERVER_PACKAGES.test(module) || SERVER_WITHOUT_MARK.test(module)) return true
  const known = serverOnlyFiles.get(module)
  if (known !== undefined) return known
  const file = ['.ts', '.tsx'].map((end) => path.join(root, module + end)).find((one) => fs.existsSync(one))
  const isMarked = file !== undefined && fs.readFileSync(file, 'utf8').includes("import 'server-only'")
  serverOnlyFiles.set(module, isMarked)
  return isMarked
}

/** @type {Map<string, boolean>} */
const serverOnlyFiles = new Map()

/** @type {RuleModule} */
const layers = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(context)
    const from = file.replace(/\.[cm]?[jt]sx?$/, '')
    if (/\.(test|spec)$/.test(from)) return {}
    return onImport((node, specifier, isType) => {
      const to = target(specifier, file)
      const message =
        refusalOf(from, to, isType) ?? (isType ? undefined : serverRefusal(context.cwd, from, to))
      if (message) context.report({ node, message })
    })
  },
}

/**
 * @param {string} root
 * @param {string} from
 * @param {string} to
 */
function serverRefusal(root, from, to) {
  if (!FRONT.test(from) || SERVER_COMPONENT_MODULES.test(to) || !isServerOnly(root, to)) return undefined
  return 'This runs in the browser: use lib/<domain>/client.ts (data), pure rules, or `import type`.'
}

/** @type {RuleModule} */
const absoluteImports = {
  meta: { type: 'problem', schema: [] },
  create: (context) =>
    onImport((node, specifier) => {
      if (specifier.startsWith('.') && !specifier.endsWith('.css'))
        context.report({
          node,
          message: 'Import from the root (`@/…`): the layers and the reader see where it comes from.',
        })
    }),
}

/** @type {RuleModule} */
const serverOnly = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(context)
    if (SERVER_WITHOUT_MARK.test(file.replace(/\.ts$/, ''))) return {}
    /** @type {any} */
    let reach
    let isMarked = false
    return {
      ...onImport((node, specifier, isType) => {
        if (specifier === 'server-only') isMarked ||= node.type === 'ImportDeclaration'
        else if (!isType && isServerOnly(context.cwd, target(specifier, file))) reach ??= node
      }),
      'Program:exit'() {
        if (reach && !isMarked)
          context.report({
            node: reach,
            message:
              "What reaches the database, the files or the server begins with `import 'server-only'`. A package that browsers run is listed in scripts/lint/layers.mjs.",
          })
      },
    }
  },
}

/** @type {RuleModule} */
const explainedAssertion = {
  meta: { type: 'suggestion', schema: [] },
  create(context) {
    const commented = new Set(
      context.sourceCode
        .getAllComments()
        .flatMap((/** @type {any} */ { loc }) => [loc.end.line, loc.end.line + 1]),
    )
    return {
      /** @param {any} node */
      TSAsExpression(node) {
        const isConst =
          node.typeAnnotation.type === 'TSTypeReference' && node.typeAnnotation.typeName.name === 'const'
        if (!isConst && !commented.has(node.loc.end.line) && !commented.has(node.loc.start.line))
          context.report({
            node,
            message: 'Parse or narrow instead of `as`; at a library’s edge say why in a comment on the line.',
          })
      },
    }
  },
}

/** @type {RuleModule} */
const presenter = {
  meta: { type: 'suggestion', schema: [] },
  create(context) {
    const file = relative(context)
    if (path.basename(file) === 'present.ts') return {}
    const schema = `${path.posix.dirname(file)}/schema`
    /** @type {Set<string>} */
    const shapes = new Set()
    /** @param {any} node @param {any} name @param {any} made */
    const check = (node, name, made) => {
      const isPresenter =
        /^to[A-Z]/.test(name?.name ?? '') &&
        made?.returnType &&
        context.sourceCode
          .getText(made.returnType)
          .match(/\w+/g)
          ?.some((/** @type {string} */ word) => shapes.has(word))
      if (isPresenter)
        context.report({
          node,
          message: 'What makes JSON of a row is in lib/<domain>/present.ts, with the columns that it needs.',
        })
    }
    return {
      ImportDeclaration(node) {
        if (target(String(node.source.value), file) === schema)
          for (const { local } of node.specifiers) shapes.add(local.name)
      },
      FunctionDeclaration: (node) => check(node, node.id, node),
      VariableDeclarator: (node) => check(node, node.id, node.init),
    }
  },
}

const VAGUE = /^(utils?|helpers?|services?|constants?|types?|hooks?|common|misc|manager|index)$/

/** @type {RuleModule} */
const fileName = {
  meta: { type: 'suggestion', schema: [] },
  create: (context) => ({
    Program(node) {
      const name = path.basename(context.filename).replace(/(\.[a-z-]+)*\.[cm]?[jt]sx?$/, '')
      if (VAGUE.test(name))
        context.report({ node, message: `“${name}” says nothing: name the file for its one subject.` })
      else if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && !/^[[(]/.test(name))
        context.report({ node, message: 'File names are kebab-case.' })
    },
  }),
}

const COLOUR = /(^|[\s[:(,'"])#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})\b|\b(rgba?|hsla?|oklch|oklab)\(/i

/** @type {RuleModule} */
const noColourLiteral = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    /** @param {any} node @param {unknown} text */
    const check = (node, text) => {
      if (typeof text === 'string' && COLOUR.test(text))
        context.report({
          node,
          message: 'Colours live in app/tokens.css: use a token (`bg-panel`, `var(--accent)`).',
        })
    }
    return {
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    }
  },
}

/** @type {RuleModule} */
const noRawLimit = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    /** @param {any} node */
    JSXAttribute(node) {
      if (/^maxLength$/i.test(String(node.name.name)))
        context.report({
          node,
          message:
            'The browser cuts letters in two and says nothing: use LimitedInput (components/ui/limited-input).',
        })
    },
  }),
}

export default {
  meta: { name: 'studio' },
  rules: {
    layers,
    'absolute-imports': absoluteImports,
    'server-only': serverOnly,
    'explained-assertion': explainedAssertion,
    presenter,
    'file-name': fileName,
    'no-colour-literal': noColourLiteral,
    'no-raw-limit': noRawLimit,
  },
}
