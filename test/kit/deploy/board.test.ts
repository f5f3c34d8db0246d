import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Board, boardLines } from '../../../kit/deploy/watch/board.ts'
import { failureOf } from '../../../kit/deploy/watch/failure.ts'
import { look } from '../../../kit/deploy/watch/look.ts'
import { startMemory } from '../../../kit/deploy/watch/memory.ts'
import type { Snapshot } from '../../../kit/deploy/watch/snapshot.ts'
import { nothing, recorded } from './recorded.ts'

const namesOf = ({ nodes }: Snapshot) => new Map(nodes.map(({ id, hostname }) => [id, hostname]))

const standings = (snapshot: Snapshot, before = nothing, now = 0) => {
  const awaited = [{ name: 'rec_web', count: 3 }]
  const { memory } = look(snapshot, awaited, startMemory(before, 0), 0)
  return look(snapshot, awaited, memory, now).standings
}

test('a line tells new and old instances, their nodes, and what keeps those that rise', () => {
  const snapshot = recorded('updating')
  assert.deepEqual(boardLines(standings(snapshot, recorded('first')), namesOf(snapshot)), [
    'site/web  1 of 3 new on cn1, not healthy yet on cn1, 3 old on cn2 cn3 cn1',
  ])
})

test('without a terminal only what changed is written', () => {
  let said = ''
  const say = (text: string) => {
    said += text
  }
  const board = new Board({ say, complain() {}, isTerminal: false, columns: 80 })
  const [going, done] = [recorded('updating'), recorded('updated')]
  for (const snapshot of [going, going, done]) board.show(standings(snapshot), namesOf(snapshot))
  assert.equal(said.trim().split('\n').length, 2)
})

test('on a terminal the lines are replaced, and cut at its width', () => {
  const writes: string[] = []
  const board = new Board({
    say: (text) => void writes.push(text),
    complain() {},
    isTerminal: true,
    columns: 30,
  })
  const snapshot = recorded('updating')
  for (let turn = 0; turn < 2; turn++) board.show(standings(snapshot), namesOf(snapshot))
  assert.ok(writes[1]?.startsWith('\x1b[1A\r'))
  for (const line of (writes[0] ?? '').replace('\x1b[K', '').split('\n')) assert.ok(line.length < 30, line)
})

test('a failure names the component, the task, its node and the reason', async () => {
  const snapshot = recorded('nonode')
  const [standing] = standings(snapshot, recorded('noimage'), 11_000)
  assert.ok(standing)
  const failure = await failureOf(standing, snapshot)
  assert.equal(failure.kind, 'stuck')
  assert.match(failure.message, /^site\/web is stuck: task rec_web\.3 \(p0n5rpect7j7\) finds no node/)
  assert.ok(failure.todo)
})
