import { setTimeout as sleep } from 'node:timers/promises'

/** Server-sent events as a browser reads them. */
export interface Event {
  readonly name: string
  readonly data: string
}

/** Reads a stream of events in the background; comments are `beats`. */
export async function eventsOf(url: string, cookie: string) {
  const stop = new AbortController()
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual', signal: stop.signal })
  const events: Event[] = []
  const state = { isOver: false, beats: 0 }
  const read = async () => {
    let rest = ''
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        if (block === ':') state.beats++
        else events.push(eventIn(block))
      }
    }
  }
  read()
    .catch(() => undefined)
    .finally(() => {
      state.isOver = true
    })
  const wait = async (name: string, has: RegExp = /(?:)/): Promise<Event> => {
    for (const end = Date.now() + 15_000; Date.now() < end; await sleep(20)) {
      const found = events.findLast((event) => event.name === name && has.test(event.data))
      if (found) return found
    }
    throw new Error(`no event ${name} with ${has} among ${JSON.stringify(events).slice(0, 2000)}`)
  }
  return { answer, events, state, wait, leave: () => stop.abort() }
}

function eventIn(block: string): Event {
  const fields = block.split(/\r\n|\r|\n/).map((line) => /^(\w+): ?(.*)$/.exec(line) ?? [])
  const valuesOf = (wanted: string) =>
    fields.flatMap(([, name, value = '']) => (name === wanted ? [value] : []))
  return { name: valuesOf('event').at(-1) ?? 'message', data: valuesOf('data').join('\n') }
}
