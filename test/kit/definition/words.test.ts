import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitWords } from '../../../kit/definition/keys/program.ts'
import { parseCron } from '../../../kit/definition/keys/schedule.ts'

const lines: readonly (readonly [line: string, words: readonly string[] | undefined])[] = [
  ['/bin/app', ['/bin/app']],
  ['  app  -a --b=c ', ['app', '-a', '--b=c']],
  ['sh -c "echo \\"a b\\" $HOME"', ['sh', '-c', 'echo "a b" $HOME']],
  ["sh -c 'a \\ b' c\\ d", ['sh', '-c', 'a \\ b', 'c d']],
  ['a""b "" c', ['ab', '', 'c']],
  ['', []],
  ['echo "never closed', undefined],
  ["it's", undefined],
]

for (const [line, words] of lines)
  test(`the words of: ${line}`, () => assert.deepEqual(splitWords(line), words))

const wrong = [
  '',
  '* * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '5-1 * * * *',
  '*/0 * * * *',
  'a * * * *',
  '@never',
]

for (const text of wrong) test(`"${text}" is no time of cron`, () => assert.equal(parseCron(text), undefined))

test('times of cron have names, ranges, steps and lists', () => {
  const cron = parseCron('*/20 8-10,22 1 jan,jul Sun-Tue')
  assert.deepEqual(
    [cron?.minutes, cron?.hours, cron?.days, cron?.months, cron?.weekdays],
    [[0, 20, 40], [8, 9, 10, 22], [1], [1, 7], [0, 1, 2]],
  )
  assert.equal(cron?.eitherDay, true)
  assert.deepEqual(parseCron('0 0 * * 5-7')?.weekdays, [0, 5, 6])
  assert.deepEqual(parseCron('10/25 * * * *')?.minutes, [10, 35])
  assert.deepEqual([parseCron('@daily')?.hours, parseCron('@daily')?.days.length], [[0], 31])
})
