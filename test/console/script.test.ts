import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createContext, Script } from 'node:vm'

const script = new Script(readFileSync(new URL('../../app/static/js/console.js', import.meta.url), 'utf8'))

type Heard = (event: { readonly data: string }) => void

/** The script of the page of logs, or of the console, in as much of a browser as it needs. */
function pageWith({ logs }: { logs: boolean }) {
  const lines: string[] = []
  const part = { dataset: { part: 'app' }, innerHTML: '', contains: () => false, querySelectorAll: () => [] }
  const log = {
    dataset: { log: '/console/logs/events' },
    parentElement: { scrollTop: 0, clientHeight: 0, scrollHeight: 0 },
    children: lines,
    replaceChildren: () => void lines.splice(0),
    insertAdjacentHTML: (_: string, html: string) => void lines.push(html),
  }
  const found = { '[data-log]': logs ? log : null, '[data-following]': { hidden: true }, '[data-none]': null }
  const streams: Map<string, Heard>[] = []
  const waits: { after: number; go: () => Promise<void> }[] = []
  class EventSource {
    readonly heard = new Map<string, Heard>()
    constructor() {
      streams.push(this.heard)
    }
    addEventListener(name: string, heard: Heard) {
      this.heard.set(name, heard)
    }
    close() {}
  }
  const document = {
    hidden: false,
    addEventListener() {},
    querySelector: (selector: keyof typeof found) => found[selector],
    querySelectorAll: () => (logs ? [] : [part]),
  }
  const setTimeout = (go: () => Promise<void>, after: number) => waits.push({ after, go })
  const left: string[] = []
  const location = { assign: (address: string) => void left.push(address) }
  const answer = { type: 'basic' }
  const fetch = async () => answer
  const browser = { document, location, EventSource, fetch, setTimeout, clearTimeout() {} }
  script.runInContext(createContext(browser))
  const tell = (name: string, data = '') => streams.at(-1)?.get(name)?.({ data })
  /** The stream breaks off; how long the page waits before it opens the next. */
  const breakOff = async () => {
    tell('error')
    const { after, go } = waits.at(-1) ?? assert.fail('the page does not come back')
    await go()
    return after
  }
  return { lines, part, answer, left, streams, tell, breakOff }
}

test('lines stay while control is away, and a reader who is not served asks ever more seldom', async () => {
  const { lines, tell, breakOff } = pageWith({ logs: true })
  tell('open')
  tell('begin')
  tell('lines', 'a')
  const waits: number[] = []
  while (waits.length < 6) {
    waits.push(await breakOff())
    tell('open')
    tell('lines', 'Too much is going on here at once.')
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000])
  assert.deepEqual(lines, ['a', 'Too much is going on here at once.'], 'and it is said once')
  tell('begin')
  tell('lines', 'Too much is going on here at once.')
  assert.deepEqual([lines.length, await breakOff()], [1, 1000])
})

test('the console comes back soon only after it was told something', async () => {
  const { part, tell, breakOff } = pageWith({ logs: false })
  assert.deepEqual([await breakOff(), await breakOff()], [1000, 2000])
  tell('open')
  assert.equal(await breakOff(), 4000)
  tell('app', 'up')
  assert.deepEqual([part.innerHTML, await breakOff()], ['up', 1000])
})

test('whose stream is sent to the sign-in is led there, and asks no more', async () => {
  const { answer, left, streams, breakOff } = pageWith({ logs: false })
  answer.type = 'opaqueredirect'
  await breakOff()
  assert.deepEqual([left, streams.length], [['/console'], 1])
})
