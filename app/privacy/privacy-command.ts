import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { Config } from '../config/config.ts'
import { SiteError } from '../errors.ts'
import { emailAddress } from '../invites/email-address.ts'
import { elsewhere, exportPerson } from './export-person.ts'
import { forgetPerson } from './forget-person.ts'
import { openPersonStores, type PersonStores } from './person-stores.ts'

const usage = `Usage: npm run privacy -- export EMAIL          prints what is kept of the person, as JSON
       npm run privacy -- forget EMAIL [--yes]  removes it here and in the CRM; --yes does not ask first
`

/** `export EMAIL` prints what is kept of a person, `forget EMAIL` removes it; the exit code. */
export async function privacyCommand(config: Config, args: readonly string[]): Promise<number> {
  const asked = read(args)
  if (!asked) {
    process.stderr.write(usage)
    return 2
  }
  const email = emailAddress(asked.email)
  if (email === undefined) return refuse(`"${asked.email}" is no e-mail address.`)
  if (config.queueUrl === 'memory:') {
    return refuse(
      'QUEUE_URL is memory: what is kept is in the process of the site alone, and gone when it ends. Restart it to forget everybody.',
    )
  }
  if (asked.command === 'forget' && !asked.yes && !(await isConfirmed(email))) {
    return refuse('Nothing was removed. Say "yes", or give --yes where nobody can be asked.')
  }
  const stores = await openPersonStores(config)
  try {
    return asked.command === 'export'
      ? await printPerson(stores, email, config)
      : await forgetAndTell(stores, email, config)
  } finally {
    await stores.close()
  }
}

type Asked = { readonly command: 'export' | 'forget'; readonly email: string; readonly yes: boolean }

function read(args: readonly string[]): Asked | undefined {
  try {
    const options = { yes: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [command, email, ...more] = positionals
    if (email === undefined || more.length > 0) return undefined
    if (command === 'export' || command === 'forget') return { command, email, yes: values.yes }
  } catch {
    // An option that there is not.
  }
  return undefined
}

async function isConfirmed(email: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(
    `Remove all that is kept of ${email}, here and in the CRM? (yes/no) `,
  )
  terminal.close()
  return answer.trim() === 'yes'
}

async function printPerson(stores: PersonStores, email: string, config: Config): Promise<number> {
  try {
    process.stdout.write(`${JSON.stringify(await exportPerson(stores, email, config), undefined, 2)}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof SiteError)) throw error
    return refuse(`Nothing was printed, as a part cannot be read: ${error.message}. Try again.`)
  }
}

async function forgetAndTell(stores: PersonStores, email: string, config: Config): Promise<number> {
  const places = await forgetPerson(stores, email)
  for (const { place, done, fault } of places) say(`${place}: ${done ?? `NOT DONE: ${fault}`}`)
  const { accounts, mail, backups } = elsewhere(config)
  say(`Not within reach of this command: ${[accounts, mail, backups].join('; ')}.`)
  if (places.every(({ fault }) => fault === undefined)) return 0
  return refuse('Not everything was removed. Mend what is named above, and run the command again.')
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function refuse(why: string): number {
  process.stderr.write(`${why}\n`)
  return 1
}
