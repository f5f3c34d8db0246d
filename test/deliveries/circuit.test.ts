import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { CircuitOpen, systemCircuit } from '../../app/deliveries/circuit.ts'
import { OutsideError, type OutsideFault } from '../../app/outside/outside-error.ts'

const pauses = { firstPause: 100, longestPause: 300 }
const down =
  (fault: OutsideFault = 'failing', retryAfterSeconds?: number) =>
  async () => {
    throw new OutsideError('crm', fault, 'no', { retryAfterSeconds })
  }
const up = async () => 'fine'

/** How a call ends: with what it gives, the fault, or the milliseconds to wait. */
const ends = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => {
    if (error instanceof CircuitOpen) return error.milliseconds
    return error instanceof OutsideError ? error.fault : error
  })

async function failTimes(
  circuit: ReturnType<typeof systemCircuit>,
  times: number,
  fault?: OutsideFault,
  retryAfterSeconds?: number,
) {
  const tasks = Array.from({ length: times }, (_, n) => `task-${n}`)
  for (const task of tasks) await ends(circuit.call(task, down(fault, retryAfterSeconds)))
}

test('after five failures in a row a system is left alone, without a call', async () => {
  const circuit = systemCircuit('crm', pauses)
  await failTimes(circuit, 4)
  assert.equal(await ends(circuit.call('fifth', down('slow'))), 'slow')
  const call = ends(circuit.call('next', () => assert.fail('called')))
  assert.equal(typeof (await call), 'number')
})

test('a success in between begins the row anew', async () => {
  const circuit = systemCircuit('crm', pauses)
  await failTimes(circuit, 4)
  assert.equal(await circuit.call('good', up), 'fine')
  await failTimes(circuit, 4)
  assert.equal(await circuit.call('good', up), 'fine')
})

test('after the pause one call tries the system, and when it is back all go on', async () => {
  const events: string[] = []
  const circuit = systemCircuit('crm', {
    ...pauses,
    onOpen: () => events.push('open'),
    onClose: () => events.push('close'),
  })
  await failTimes(circuit, 5)
  await wait(pauses.firstPause + 20)
  assert.equal(await circuit.call('next', up), 'fine')
  assert.deepEqual(events, ['open', 'close'])
})

test('while one call tries the system, no other is made', async () => {
  const circuit = systemCircuit('crm', pauses)
  await failTimes(circuit, 5)
  await wait(pauses.firstPause + 20)
  let calls = 0
  const slow = async () => {
    calls += 1
    await wait(20)
  }
  const all = await Promise.all(['a', 'b', 'c'].map((task) => ends(circuit.call(task, slow))))
  assert.equal(calls, 1)
  assert.deepEqual(all.slice(1).map(Number.isInteger), [true, true])
})

test('each pause is twice as long as the one before, to a longest one', async () => {
  const told: number[] = []
  const circuit = systemCircuit('crm', { ...pauses, onOpen: (pause) => told.push(pause) })
  await failTimes(circuit, 5)
  for (let round = 0; round < 3; round++) {
    await wait((told.at(-1) ?? 0) + 20)
    await ends(circuit.call(`next-${round}`, down()))
  }
  assert.deepEqual(
    told.map((pause) => Math.round(pause / 100)),
    [1, 2, 3, 3],
  )
})

test('a task that failed lets others try first, and tries a second later when there are none', async () => {
  const circuit = systemCircuit('crm', pauses)
  await failTimes(circuit, 5)
  await wait(pauses.firstPause + 20)
  await assert.rejects(
    circuit.call('task-0', () => assert.fail('called')),
    (error) => error instanceof CircuitOpen && error.stepsAside && error.milliseconds <= 1000,
  )
  await wait(1000)
  assert.equal(await circuit.call('task-0', up), 'fine')
})

test('a task that alone always fails leaves the circuit closed', async () => {
  const circuit = systemCircuit('crm', pauses)
  for (let n = 0; n < 20; n++) await ends(circuit.call('bad', down('surprising')))
  assert.equal(await circuit.call('good', up), 'fine')
})

test('a system that tells five tasks in a row to wait is left alone so long, ten minutes at most', async () => {
  for (const [seconds, pause] of [
    [0, 100],
    [30, 30_000],
    [86_400, 600_000],
  ] as const) {
    const circuit = systemCircuit('crm', pauses)
    await failTimes(circuit, 4, 'busy', seconds)
    assert.equal(await circuit.call('good', up), 'fine')
    await failTimes(circuit, 5, 'busy', seconds)
    const left = Number(await ends(circuit.call('next', () => assert.fail('called'))))
    // A pause that is nearly over is told as a second.
    assert.ok(left <= Math.max(pause, 1000) && left > pause - 5000, `${seconds} s: ${left} ms`)
  }
})

test('one task that is told to wait again and again leaves the circuit closed', async () => {
  const circuit = systemCircuit('crm', pauses)
  for (let n = 0; n < 20; n++) await ends(circuit.call('locked', down('busy', 60)))
  assert.equal(await circuit.call('good', up), 'fine')
})

test('a limit on calls is left to the queue, which waits as long as it says', async () => {
  const circuit = systemCircuit('crm', pauses)
  const limited = async () => {
    throw new OutsideError('crm', 'busy', 'no', { retryAfterSeconds: 60, limitsCalls: true })
  }
  for (let n = 0; n < 20; n++) await ends(circuit.call(`task-${n}`, limited))
  assert.equal(await circuit.call('good', up), 'fine')
})

for (const fault of ['refused', 'busy'] as const) {
  test(`a system that answers "${fault}" is not left alone for it`, async () => {
    const circuit = systemCircuit('crm', pauses)
    await failTimes(circuit, 20, fault)
    assert.equal(await ends(circuit.call('task', down(fault))), fault)
    assert.equal(await circuit.call('good', up), 'fine')
  })
}

test("an error that is not the system's, such as of our own store, leaves the circuit closed", async () => {
  const circuit = systemCircuit('crm', pauses)
  const ours = async () => {
    throw new Error('ours')
  }
  for (let n = 0; n < 20; n++) await assert.rejects(circuit.call(`task-${n}`, ours), /^Error: ours$/)
  assert.equal(await circuit.call('good', up), 'fine')
})
