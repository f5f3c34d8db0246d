import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionTo } from '../../../kit/api-client/connection.ts'
import { Asked } from '../../../kit/cli/asked.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from '../cli/screen.ts'

const connect = (token: string) =>
  connectionTo(
    new Asked([], { api: 'https://control.example.com' }),
    screen({ env: { SWARM_API_TOKEN: token } }).context,
  )

for (const token of ['secret\nword', 'secret word', 'secretword\r\n', 'secret\u0000word', 'secretwörd', ' '])
  test(`${JSON.stringify(token)} is refused as a token, and not shown`, () => {
    assert.throws(
      () => connect(token),
      (error) => {
        assert.ok(error instanceof Failure)
        assert.equal(error.kind, 'usage')
        assert.match(error.message, /^SWARM_API_TOKEN has a character/)
        assert.match(error.todo, /^Set it again/)
        assert.doesNotMatch(`${error.message} ${error.todo} ${error.stack} ${error.cause}`, /secret/)
        return true
      },
    )
  })

test('what is typed of ASCII without spaces may be a token', () => {
  assert.ok(connect('!Az09-._~+/=~'))
})
