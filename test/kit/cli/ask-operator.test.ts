import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { askOperator } from '../../../kit/cli/ask-operator.ts'
import { report } from '../../../kit/cli/report.ts'
import { Interrupted, interruptible } from '../../../kit/interruption.ts'
import { screen } from './screen.ts'

const CTRL_C = '\x03'
const CTRL_D = '\x04'

/** Asks on a terminal that is no process's, while `operator` does something there. */
async function asked(operator: (input: PassThrough) => void, isTerminal = true, signal?: AbortSignal) {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { isTTY: isTerminal })
  let told = ''
  output.on('data', (text) => {
    told += text
  })
  output.once('data', () => operator(input))
  const asking = interruptible(signal, () => askOperator('Delete all? ', input, output))
  const [outcome] = await Promise.allSettled([asking])
  return { outcome, told }
}

const answered = (value: string) => ({ status: 'fulfilled', value })

test('a typed line is the answer', async () => {
  assert.deepEqual((await asked((input) => input.write('yes\n'))).outcome, answered('yes'))
})

test('Ctrl-C at a question interrupts the command, which ends with 130 and no trace of its code', async () => {
  const { outcome, told } = await asked((input) => input.write(CTRL_C))
  assert.match(told, /Delete all\? .*\n$/)
  assert.ok(outcome.status === 'rejected' && outcome.reason instanceof Interrupted)
  const { told: reported, context } = screen()
  assert.equal(report(outcome.reason, context.terminal), 130)
  assert.equal(reported.complained, 'Interrupted.\n')
})

for (const isTerminal of [true, false])
  test(`the end of the input ${isTerminal ? 'on a terminal' : 'of a pipe'} is an empty answer`, async () => {
    const { outcome } = await asked((input) => (isTerminal ? input.write(CTRL_D) : input.end()), isTerminal)
    assert.deepEqual(outcome, answered(''))
  })

test('a signal ends the question, also one that came before', async () => {
  const controller = new AbortController()
  const interrupted = new Interrupted('SIGTERM')
  const { outcome } = await asked(() => controller.abort(interrupted), true, controller.signal)
  assert.deepEqual(outcome, { status: 'rejected', reason: interrupted })
  assert.deepEqual((await asked(() => {}, true, controller.signal)).outcome, outcome)
})
