import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../lab/command.ts'
import { hiddenFields } from '../signup/visitor.ts'

// A form that comes back sooner than two seconds is taken for that of a program.
const fillingMilliseconds = 2100

/** Somebody who visits the site over TLS and keeps their cookies; `enter` begins each command, to be in a network. */
export function visitorAt(url: string, enter: readonly string[] = []) {
  const jar = join(mkdtempSync(join(tmpdir(), 'dogfood-visitor-')), 'cookies')
  const ask = (path: string, ...options: string[]) => {
    const [command = '', ...before] = [...enter, 'curl']
    const cookies = ['--cookie', jar, '--cookie-jar', jar, '--header', `Origin: ${url}`]
    const rest = ['--silent', '--show-error', '--insecure', '--max-time', '20', ...options, url + path]
    return run(command, [...before, ...cookies, ...rest])
  }
  const post = async (path: string, fields: Readonly<Record<string, string>>) => {
    const data = Object.entries(fields).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`])
    return ask(path, '--output', '/dev/null', '--write-out', '%{http_code}', ...data)
  }
  return {
    status: (path: string) => ask(path, '--output', '/dev/null', '--write-out', '%{http_code}'),
    page: (path: string) => ask(path),
    /** Begins a session that knows this name. */
    async introduce(name: string): Promise<void> {
      const status = await post('/session', { name })
      if (status !== '303') throw new Error(`/session answered ${status}`)
    },
    /** Requests an invite as a visitor does. */
    async requestInvite(email: string): Promise<void> {
      const form = hiddenFields(await ask('/invite'))
      await sleep(fillingMilliseconds)
      const typed = { email, name: 'Ann', company: '', purpose: '', website: '', consent: 'yes' }
      const status = await post('/invite', { ...form, ...typed })
      if (status !== '303') throw new Error(`/invite answered ${status}`)
    },
  }
}

export type Visitor = ReturnType<typeof visitorAt>
