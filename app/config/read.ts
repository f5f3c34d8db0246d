import { readFileSync } from 'node:fs'
import type { Config, Defaults } from './config.ts'
import { development } from './development.ts'
import { production } from './production.ts'
import { type Setting, settings } from './settings.ts'
import { test } from './test.ts'

const environments: Readonly<Record<string, Defaults>> = { development, production, test }

/** All that is wrong with the settings, one line a fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(
      `the configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    )
    this.faults = faults
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Lets the environment's variables override the object that NODE_ENV picks.
 * @throws ConfigError with every fault there is, not just the first.
 */
export function readConfig(environment: Environment): Config {
  const name = environment.NODE_ENV || 'development'
  const defaults = environments[name]
  if (!defaults) {
    throw new ConfigError([
      `NODE_ENV: expected one of ${Object.keys(environments).join(', ')}, got "${name}"`,
    ])
  }
  const faults: string[] = []
  const values = Object.entries(settings).map(([key, setting]) => {
    const fallback = defaults[key as keyof Defaults]
    return [key, readSetting(setting, environment, fallback, faults)] as const
  })
  const given = { ...defaults, ...Object.fromEntries(values) } as Config
  const config = name === 'production' ? given : atItsPort(given, environment)
  if (name === 'production') faults.push(...refusedInProduction(config))
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

function readSetting(
  setting: Setting,
  environment: Environment,
  fallback: unknown,
  faults: string[],
): unknown {
  const { variable, form, secret } = setting
  const given = textOf(variable, environment)
  if ('fault' in given) return void faults.push(given.fault)
  if (given.text === undefined) {
    if (fallback === undefined) faults.push(`${variable}: missing, expected ${form.expected}`)
    return fallback
  }
  const value = form.read(given.text)
  if (value === undefined) {
    faults.push(
      `${variable}: expected ${form.expected}, got ${secret ? 'something else' : `"${given.text}"`}`,
    )
  }
  return value
}

/** The text of NAME, or of the file that NAME_FILE names, as Docker hands out secrets. */
function textOf(
  variable: string,
  environment: Environment,
): { text: string | undefined } | { fault: string } {
  const fileVariable = `${variable}_FILE`
  const file = environment[fileVariable]
  if (!file) return { text: environment[variable] || undefined }
  if (environment[variable]) return { fault: `${fileVariable}: ${variable} is set too, keep one of them` }
  try {
    return { text: readFileSync(file, 'utf8').trim() || undefined }
  } catch (error) {
    return { fault: `${fileVariable}: cannot read ${file}: ${(error as Error).message}` }
  }
}

/** Where nobody says how visitors reach the site, they reach it at its port. */
function atItsPort(config: Config, { PORT, PUBLIC_URL, PUBLIC_URL_FILE }: Environment): Config {
  if (!PORT || PUBLIC_URL || PUBLIC_URL_FILE) return config
  return { ...config, publicUrl: `http://localhost:${config.port}` }
}

function refusedInProduction(config: Config): string[] {
  const stores = {
    [settings.cacheUrl.variable]: config.cacheUrl,
    [settings.sessionsUrl.variable]: config.sessionsUrl,
    [settings.queueUrl.variable]: config.queueUrl,
  }
  return Object.entries(stores)
    .filter(([, url]) => url?.startsWith('memory:'))
    .map(([variable]) => `${variable}: production refuses memory:, expected redis://HOST:PORT`)
}
