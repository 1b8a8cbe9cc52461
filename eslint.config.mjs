import { defineConfig, globalIgnores } from 'eslint/config'
import nextVitals from 'eslint-config-next/core-web-vitals'
import nextTypescript from 'eslint-config-next/typescript'
import { studio } from './scripts/lint/rules.mjs'

const PRODUCT = ['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}', 'lib/**/*.{ts,tsx}']
const TESTS = ['**/*.test.{ts,tsx}', 'e2e/**']
const NEXT_FILES = [
  'app/**/{page,layout,template,default,loading,error,global-error,not-found,sitemap,robots,manifest,icon,apple-icon,opengraph-image}.{ts,tsx}',
  'proxy.ts',
]

export default defineConfig([
  globalIgnores([
    '.next*/**',
    'node_modules/**',
    'prisma/generated/**',
    'data/**',
    'next-env.d.ts',
    'test-results/**',
  ]),
  nextVitals,
  nextTypescript,
  {
    plugins: { studio },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 80, IIFEs: true }],
      complexity: ['error', 15],
      'max-depth': ['error', 4],
      'max-params': ['error', 4],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-empty': 'error',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read the configuration from lib/env.ts: there it is checked and documented.',
        },
      ],
      'import/no-cycle': ['error', { ignoreExternal: true }],
      'import/no-default-export': 'error',
      'import/no-anonymous-default-export': 'off',
      'studio/file-name': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx,mts}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      'studio/explained-assertion': 'error',
    },
  },
  { files: PRODUCT, rules: { 'studio/wall': 'error', 'studio/absolute-imports': 'error' } },
  { files: ['lib/**/*.ts'], ignores: TESTS, rules: { 'studio/server-only': 'error' } },
  { files: ['app/**/*.tsx', 'components/**/*.tsx'], rules: { 'studio/no-colour-literal': 'error' } },
  {
    files: TESTS,
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
    },
  },
  {
    files: ['e2e/*.story.ts', 'e2e/shots.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@playwright/test',
              importNames: ['test'],
              message:
                'Take it from e2e/support/story.ts: there a report against the security policy fails the story.',
            },
          ],
        },
      ],
    },
  },
  { files: ['scripts/**', 'e2e/**'], rules: { 'no-console': 'off' } },
  {
    files: ['scripts/**', 'e2e/**', 'lib/env.ts', '*.config.*', 'instrumentation.ts', '**/*.test.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: [...NEXT_FILES, '*.config.*', '*/*-loader.mjs', 'e2e/support/*-server.ts'],
    rules: { 'import/no-default-export': 'off' },
  },
  { files: ['scripts/lint/**'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
])
