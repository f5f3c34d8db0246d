import { development } from '../app/config/development.ts'
import { settings } from '../app/config/settings.ts'

const intro = `# Settings of the website, with their defaults in development. Each NAME can be
# read from a file instead: NAME_FILE=/run/secrets/name.

# Which object of app/config to start from: development, production or test.
#NODE_ENV=development
`

// The host name differs from machine to machine, and a secret is for nobody to copy.
const leftEmpty: readonly string[] = [
  'instance',
  'sessionSecrets',
  'signupSecrets',
  'accountsToken',
  'operators',
]

/** The text of .env.example: every setting with its reason and its default in development. */
export function exampleFile(): string {
  const entries = Object.entries(settings).map(([key, { variable, reason }]) => {
    const value = leftEmpty.includes(key) ? '' : String(development[key as keyof typeof settings])
    return `# ${reason}\n#${variable}=${value}\n`
  })
  return [intro, ...entries].join('\n')
}
