import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { readTokens, tokenIn } from '../../kit/api/tokens.ts'
import { withConsoleToken } from '../../kit/secrets/console-token.ts'
import { completeSecrets, newSecrets } from '../../kit/secrets/production-secrets.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

test('the token that is made opens control, with the role that a promotion needs', () => {
  const { console_token = '', control_tokens = '' } = newSecrets()
  assert.match(console_token, /^[0-9a-f]{64}$/)
  const token = tokenIn(`Bearer ${console_token}`, readTokens(control_tokens))
  assert.deepEqual([token?.name, token?.role], ['console', 'operate'])
})

test('tokens of others stay as they are, and the role of the console is whatever somebody gave it', () => {
  const others = `# of CI\nci deploy ${hash('ci')}\n`
  const tokens = withConsoleToken(others, 'one')
  assert.equal(tokens, `${others}console operate ${hash('one')}\n`)
  const less = tokens.replace('console operate', 'console read')
  assert.equal(withConsoleToken(less, 'two'), `${others}console read ${hash('two')}\n`)
  assert.equal(withConsoleToken(less, 'one'), less)
  assert.equal(withConsoleToken('', 'one'), `console operate ${hash('one')}\n`)
  assert.equal(
    withConsoleToken(`ci read ${hash('ci')}`, 'one'),
    `ci read ${hash('ci')}\nconsole operate ${hash('one')}\n`,
  )
})

test('a site that has its secrets gets what the console needs besides', () => {
  const { console_token: _, ...before } = newSecrets()
  const after = completeSecrets({ ...before, control_tokens: `ci read ${hash('ci')}\n` })
  assert.deepEqual(
    readTokens(after.control_tokens ?? '').map(({ name }) => name),
    ['ci', 'console'],
  )
  assert.deepEqual(completeSecrets(after), after)
})
