import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Asked } from '../../../kit/cli/asked.ts'
import { confirm } from '../../../kit/cli/confirm.ts'
import { dryRun } from '../../../kit/dry-run.ts'
import { screen } from './screen.ts'

const nothing = new Asked([])

test('without a terminal nobody is asked, and --yes is needed', async () => {
  const { context } = screen()
  await assert.rejects(
    confirm('Delete all?', nothing, context),
    /Delete all\? There is no terminal to ask on/,
  )
  await confirm('Delete all?', new Asked([], { yes: true }), context)
})

test('a dry run asks nothing', async () => {
  const { context } = screen()
  await dryRun(
    () => {},
    () => confirm('Delete all?', nothing, context),
  )
})

for (const [answer, goesOn] of [
  ['y', true],
  ['Yes', true],
  ['', false],
  ['no', false],
] as const) {
  test(`"${answer}" on a terminal ${goesOn ? 'goes on' : 'changes nothing'}`, async () => {
    const { context } = screen()
    const terminal = { ...context.terminal, isTerminal: true }
    const input = { ...context.input, isTerminal: true, answer: async () => answer }
    const asking = confirm('Delete all?', nothing, { ...context, terminal, input })
    await (goesOn ? asking : assert.rejects(asking, /Nothing was changed/))
  })
}
