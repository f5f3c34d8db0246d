import type { Config, Defaults } from '../app/config/config.ts'
import { development } from '../app/config/development.ts'
import { production } from '../app/config/production.ts'
import { settings } from '../app/config/settings.ts'
import { test } from '../app/config/test.ts'
import { code, list, prose, type ReferencePage, section, subsection, table } from './markdown.ts'

type Name = keyof typeof settings

const groups = [
  'Where it listens',
  'Release and logs',
  'Content',
  'Stores',
  'Signup',
  'Outside systems',
  'Development',
] as const

const groupOf: { readonly [Key in Name]: (typeof groups)[number] } = {
  port: 'Where it listens',
  host: 'Where it listens',
  metricsPort: 'Where it listens',
  publicUrl: 'Where it listens',
  trustProxy: 'Where it listens',
  release: 'Release and logs',
  instance: 'Release and logs',
  logLevel: 'Release and logs',
  drainSeconds: 'Release and logs',
  contentDir: 'Content',
  cacheDir: 'Content',
  drafts: 'Content',
  cacheUrl: 'Stores',
  pageMemoryMb: 'Stores',
  sessionsUrl: 'Stores',
  sessionSecrets: 'Stores',
  queueUrl: 'Stores',
  signupSecrets: 'Signup',
  invitesPerHour: 'Signup',
  operators: 'Signup',
  workerConcurrency: 'Signup',
  controlUrl: 'Outside systems',
  controlToken: 'Outside systems',
  crmUrl: 'Outside systems',
  crmToken: 'Outside systems',
  crmWebhookSecret: 'Outside systems',
  accountsUrl: 'Outside systems',
  accountsToken: 'Outside systems',
  mailUrl: 'Outside systems',
  mailFrom: 'Outside systems',
  outboxDir: 'Outside systems',
  standIns: 'Development',
  liveReload: 'Development',
  watchByPolling: 'Development',
  serveFiles: 'Development',
}

/** What differs from machine to machine, or is not for print. */
const inWords: { readonly [Key in Name]?: string } = {
  instance: 'the host name',
  sessionSecrets: 'one that is public',
  signupSecrets: 'one that is public',
  accountsToken: 'one that is public',
  operators: 'one that is public',
  crmToken: 'none',
  crmWebhookSecret: 'none',
  controlUrl: 'none',
  controlToken: 'none',
}

const environments: { readonly [Key in Config['environment']]: Defaults } = { development, production, test }

const names = Object.keys(settings) as Name[]

function defaultOf(name: Name, environment: keyof typeof environments): string {
  const value = environments[environment][name]
  return value === undefined ? 'must be set' : (inWords[name] ?? code(String(value)))
}

/** The default of development, and what differs elsewhere. */
function defaults(name: Name): string {
  const usual = defaultOf(name, 'development')
  const others = (['production', 'test'] as const).filter((other) => defaultOf(name, other) !== usual)
  const differences = others.map((other) => `${defaultOf(name, other)} in ${places[other]}`)
  return [usual, ...differences].join('; ')
}

const places = { production: 'production', test: 'tests' } as const

function settingSection(name: Name): string {
  const { variable, reason, form, secret } = settings[name]
  return subsection(
    code(variable),
    prose(reason),
    list([
      `Takes ${prose(form.expected)}.`,
      `Default: ${defaults(name)}.`,
      ...(secret ? ['Never printed, not even when it is wrong.'] : []),
    ]),
  )
}

const groupSection = (group: string): string =>
  section(group, ...names.filter((name) => groupOf[name] === group).map(settingSection))

const overview = (): string => {
  const rows = names.map((name) => {
    const { variable } = settings[name]
    const link = `[${code(variable)}](#${variable.toLowerCase()})`
    return [link, defaultOf(name, 'development'), defaultOf(name, 'production')]
  })
  return table(['Setting', 'Development', 'Production'], rows)
}

/** Every setting with its form, its defaults and its reason. */
export const settingsPage = (): ReferencePage => ({
  file: 'settings.md',
  title: 'Settings',
  description: 'Every setting of the website, with its form, its defaults and its reason.',
  source: 'app/config/settings.ts',
  sections: [
    'A setting is an environment variable. What is not set keeps the default of its environment, and an empty ' +
      'value counts as not set. [Configuration](../configuration.md) says how the two play together.',
    section('All settings', overview()),
    section(
      'The environment',
      subsection(
        code('NODE_ENV'),
        'Which defaults to start from.',
        list([
          `Takes one of ${Object.keys(environments).map(code).join(', ')}.`,
          `Default: ${code('development')}.`,
        ]),
      ),
    ),
    ...groups.map(groupSection),
    section(
      'Secrets in files',
      `Every setting but ${code('NODE_ENV')} can be read from a file: ${code('NAME_FILE')} holds the path, and the ` +
        'text of the file counts without the white space around it. Setting both is a fault.',
      '```sh\nSESSION_SECRETS_FILE=/run/secrets/session_secrets\n```',
    ),
  ],
})
