import assert from 'node:assert/strict'
import { test } from 'node:test'
import { binomial, multinomial, randomFrom } from './random.ts'

test('binomial numbers have the mean and the variance of their distribution', () => {
  const random = randomFrom(3)
  for (const [count, chance] of [
    [5, 0.3],
    [1000, 0.002],
    [1000, 0.9],
    [1_000_000, 0.4],
  ] as const) {
    const drawn = Array.from({ length: 4000 }, () => binomial(random, count, chance))
    const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length
    const variance = drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / drawn.length
    const wanted = count * chance * (1 - chance)
    assert.ok(
      Math.abs(mean - count * chance) < 4 * Math.sqrt(wanted / drawn.length),
      `${count} ${chance} ${mean}`,
    )
    assert.ok(Math.abs(variance / wanted - 1) < 0.12, `${count} ${chance} ${variance}`)
    assert.ok(drawn.every((one) => Number.isInteger(one) && one >= 0 && one <= count))
  }
})

test('of few tries each number is as frequent as it should be', () => {
  const random = randomFrom(4)
  const seen = [0, 0, 0, 0]
  for (let turn = 0; turn < 8000; turn += 1) {
    const drawn = binomial(random, 3, 0.5)
    seen[drawn] = (seen[drawn] ?? 0) + 1
  }
  for (const [at, wanted] of [1000, 3000, 3000, 1000].entries())
    assert.ok(Math.abs((seen[at] ?? 0) - wanted) < 150, String(seen))
})

test('a multinomial draw loses none, and the same seed draws the same', () => {
  const draw = () => multinomial(randomFrom(5), 1000, [0.2, 0, 0.7, 0.1])
  const drawn = draw()
  assert.equal(
    drawn.reduce((sum, one) => sum + one, 0),
    1000,
  )
  assert.equal(drawn[1], 0)
  assert.deepEqual(drawn, draw())
})
