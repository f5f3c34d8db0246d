import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { settings } from '../../app/config/settings.ts'
import { variables } from '../../kit/cli/variables.ts'
import { commands, composeVariables } from '../../reference/command-table.ts'
import { productionVariables } from '../../reference/production-file.ts'
import { inlineCode, placeOf, type Quote, quotes, root, shellLines } from './docs-text.ts'

/** Files that a reader is asked to make. */
const placeholders: readonly string[] = ['content/pages/hello.md']

/** Names in capitals that are no settings of the website. */
const otherNames: readonly string[] = [
  'CN',
  'NODE_ENV',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'CI',
  'NAME',
  'COMPOSE',
  'COMPOSE_PROFILES',
  'REDISCLI_AUTH',
  'SERVER',
  'GIANTSWARM_ORGANIZATION',
  'GIANTSWARM_ENVIRONMENT',
  'GIANTSWARM_ENV',
  'GIANTSWARM_LOGIN_NAME',
  'INSTANCES',
  'LISTEN',
  'SLOTS',
  'CHECK_READY',
  'CANARY_HOST',
]

/** What CI is given. */
const ofWorkflows = globSync('.github/workflows/*.yml', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:vars|secrets)\.([A-Z_]+)/g)].map(
    ([, name]) => name,
  ),
)

const otherWords = /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|DENY|HIT|MISS|STALE|UPDATING|BYPASS|SIG[A-Z]+)$/

const ofRepository = /^(?:app|bench|brand|content|docs|nginx|reference|test)\/[\w./*-]*$/

test('every path of the repository that the docs name is there', () => {
  const paths = quotes(inlineCode).filter(({ text }) => ofRepository.test(text))
  assert.ok(paths.length > 20)
  const missing = paths.filter(({ text }) => !isThere(text) && !placeholders.includes(text))
  assert.deepEqual(missing.map(placeOf), [])
})

const isThere = (path: string): boolean =>
  path.includes('*') ? globSync(path, { cwd: root }).length > 0 : existsSync(join(root, path))

const npm = /(?:^|\s)npm (?:run ([\w:-]+)|(start|test)\b)(?: -- (.*))?/

test('every npm command in the docs is a script, with options that it takes', () => {
  const found = [...quotes(shellLines), ...quotes(inlineCode)].filter(({ text }) => npm.test(text))
  assert.ok(found.length > 20)
  assert.deepEqual(found.filter(isUnknownCommand).map(placeOf), [])
})

function isUnknownCommand({ text }: Quote): boolean {
  const [, script, short, rest = ''] = npm.exec(text) ?? []
  const name = script ?? short ?? ''
  if (name === 'X') return false
  const options = [...rest.matchAll(/(?<=^|\s)--([\w-]+)/g)].map(([, option = '']) => option)
  return !commands[name] || options.some((option) => commands[name]?.options?.[option] === undefined)
}

const compose = /(?:^|\s)docker compose (\w+)(.*)/
const composeCommands =
  'up down build config cp exec kill logs ps pull restart rm run start stop version'.split(' ')

const services = ['docker-compose.yml', 'docker-compose.prod.yml'].flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^ {2}(\w+):$/gm)].map(([, name = '']) => name),
)

test('every Compose command in the docs is one, for services that there are', () => {
  const found = [...quotes(shellLines), ...quotes(inlineCode)].filter(({ text }) => compose.test(text))
  assert.ok(found.length > 2)
  assert.deepEqual(found.filter(isUnknownToCompose).map(placeOf), [])
})

function isUnknownToCompose({ text }: Quote): boolean {
  const [, command = '', rest = ''] = compose.exec(text) ?? []
  // A quoted variable stands for a service of the reader's choice, and what follows is for the container.
  const [own = ''] = rest.split(/[|;&)]|"\$/)
  const words = own.split(/\s+/).filter((word) => /^[a-z]\w*$/.test(word))
  return !composeCommands.includes(command) || (words[0] !== undefined && !services.includes(words[0]))
}

test('every file that the docs give to node is there', () => {
  const files = [...quotes(shellLines), ...quotes(inlineCode)].flatMap((quote) =>
    [...quote.text.matchAll(/(?<=^|\s)node (?:-\S+ )*(\w[\w./-]*\.(?:m?js|ts))/g)].map(([, text = '']) => ({
      ...quote,
      text,
    })),
  )
  assert.deepEqual(files.filter(({ text }) => !isThere(text)).map(placeOf), [])
})

const known = new Set([
  ...otherNames,
  ...ofWorkflows,
  ...Object.keys(composeVariables),
  ...Object.keys(productionVariables),
  ...Object.keys(variables),
  ...Object.values(settings).map(({ variable }) => variable),
])

test('every setting that the docs name is one', () => {
  const named = [...quotes(shellLines), ...quotes(inlineCode)].flatMap((quote) =>
    [...quote.text.matchAll(/^([A-Z][A-Z_]+)$|(?<![\w.])([A-Z][A-Z_]+)=/g)].map(([, alone, set]) => ({
      ...quote,
      text: alone ?? set ?? '',
    })),
  )
  const settingsOnly = named.filter(({ text }) => !otherWords.test(text))
  assert.ok(settingsOnly.length > 20)
  assert.deepEqual(settingsOnly.filter(({ text }) => !known.has(text.replace(/_FILE$/, ''))).map(placeOf), [])
})
