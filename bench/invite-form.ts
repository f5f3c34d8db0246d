import { setTimeout as wait } from 'node:timers/promises'

// A form that comes back sooner than this is taken for that of a program.
const fillingMilliseconds = 2500

/** What a visitor who has opened the form at /invite sends beside the address, after the time that it takes. */
export async function filledForm(site: string): Promise<Record<string, string>> {
  const form = await (await fetch(`${site}/invite`)).text()
  const opened = /name="opened" value="([^"]+)"/.exec(form)?.[1]
  if (opened === undefined) throw new Error(`the form at ${site}/invite does not say when it was opened`)
  await wait(fillingMilliseconds)
  return { name: 'A Visitor', company: 'Example', consent: 'yes', opened }
}
