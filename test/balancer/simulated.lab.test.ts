import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countersIn, READ_COUNTERS } from '../../kit/control/balancer-counters.ts'
import { READ_SERVERS, serversIn } from '../../kit/control/balancer-servers.ts'
import { READ_SPLIT, setSplit } from '../../kit/control/balancer-split.ts'
import { type Held, said } from '../kit/control/runtime-balancers.ts'
import { OPEN, type SteeredBalancer, startSteered } from './steered.ts'

/** Balancers of a simulation say what this one says: what is measured with many of them holds for real ones. */
let site: SteeredBalancer
before(async () => {
  site = await startSteered()
})
after(() => site.stop())

const held: Held = { word: 'none', since: 0 }

/** What both say to a line, without where something lies in memory. */
async function both(line: string): Promise<{ real: string; simulated: string }> {
  const answer = await site.control.ask(line)
  assert.equal(answer.kind, 'answered')
  const commands = line.split(';').map((command) => `${said(command, held)}\n`)
  const alike = (text: string) => text.replace(/0x[0-9a-f]+/g, '0x0')
  return { real: alike(answer.kind === 'answered' ? answer.text : ''), simulated: alike(commands.join('')) }
}

test('to what control says of a word they say the same, letter by letter', async () => {
  for (const line of [READ_SPLIT, setSplit(OPEN), READ_SPLIT, setSplit('none'), READ_SPLIT]) {
    const { real, simulated } = await both(line)
    assert.equal(simulated, real, line)
  }
})

test('what they count is read from the same lines', async () => {
  const line = [READ_SPLIT, READ_COUNTERS, READ_SERVERS].join(';')
  const { real, simulated } = await both(line)
  for (const answer of [real, simulated]) {
    assert.ok(countersIn(answer))
    const { canary, old } = serversIn(answer)
    assert.equal(canary.length, 20)
    assert.equal(old.length, 20)
  }
})
