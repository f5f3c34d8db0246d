import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Rates, ratesOf } from './error-rates.ts'
import { type Scenario, scenarios } from './scenarios.ts'

const rates = (scenario: Scenario, runs: number): Rates => ratesOf(scenario, runs, 31)

/** Looks are fewer than in a canary, for the time they take; docs/decisions/031 has the figures of many runs. */
const quick =
  (scenario: Scenario): Scenario =>
  (random) => ({ ...scenario(random), every: 10 })

test('fewer than 1 of 100 equal versions are found worse', () => {
  const { same } = scenarios
  for (const name of ['few errors', '0.9 % errors', 'hits and misses'] as const)
    assert.ok(rates(quick(same[name]), 100).worse < 0.01, name)
})

test('95 of 100 versions with 2 points more errors or 1.5 times the p95 are found in time', () => {
  const { worse } = scenarios
  for (const name of [
    'errors 0 to 2 %',
    'errors 0.9 to 2.9 %',
    'all slower',
    'tail slower',
    'hits and misses, misses slower',
  ] as const)
    assert.ok(rates(worse[name], 200).inTime >= 0.95, name)
})

test('with few visitors they are found, too, as the first step waits for as many requests', () => {
  const { worse } = scenarios
  for (const name of ['few visitors, errors 0.9 to 2.9 %', 'few visitors, tail slower'] as const) {
    const { inTime, first } = rates(worse[name], 100)
    assert.ok(inTime >= 0.95 && first > 600, name)
  }
})
