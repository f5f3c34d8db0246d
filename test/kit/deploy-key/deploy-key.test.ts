import assert from 'node:assert/strict'
import { createPublicKey, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { deployKey, instructions } from '../../../kit/deploy-key/instructions.ts'
import { newSshKey } from '../../../kit/deploy-key/ssh-key.ts'
import { screen } from '../cli/screen.ts'

/** The parts of OpenSSH's format that have their length before them. */
function parts(bytes: Buffer): Buffer[] {
  if (bytes.length < 4) return []
  const end = 4 + bytes.readUInt32BE()
  return [bytes.subarray(4, end), ...parts(bytes.subarray(end))]
}

test('the private file holds the key of the public line, in the format of OpenSSH', () => {
  const { publicLine, privateFile } = newSshKey('ci')
  const [type, shared = '', comment] = publicLine.split(' ')
  assert.deepEqual([type, comment], ['ssh-ed25519', 'ci'])
  assert.match(
    privateFile,
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n(?:[\w+/=]{1,70}\n)+-----END OPENSSH PRIVATE KEY-----\n$/,
  )

  const bytes = Buffer.from(privateFile.split('\n').slice(1, -2).join(''), 'base64')
  const magic = 'openssh-key-v1\0'
  assert.equal(bytes.subarray(0, magic.length).toString(), magic)
  const [cipher, derivation, options] = parts(bytes.subarray(magic.length))
  assert.deepEqual([cipher, derivation, options].map(String), ['none', 'none', ''])
  const keys = bytes.subarray(magic.length + 4 + 4 + 4 + 4 + 4)
  assert.equal(keys.readUInt32BE(), 1)
  const [publicPart = Buffer.alloc(0), secret = Buffer.alloc(0)] = parts(keys.subarray(4))
  assert.equal(publicPart.toString('base64'), shared)
  assert.equal(secret.length % 8, 0)
  assert.deepEqual(secret.subarray(0, 4), secret.subarray(4, 8))
  const [, point = Buffer.alloc(0), pair = Buffer.alloc(0), note] = parts(secret.subarray(8))
  assert.equal(note?.toString(), 'ci')
  assert.deepEqual(pair.subarray(32), point)

  const jwk = { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }
  const signature = sign(null, Buffer.from('hello'), {
    key: { ...jwk, d: pair.subarray(0, 32).toString('base64url') },
    format: 'jwk',
  })
  assert.ok(verify(null, Buffer.from('hello'), createPublicKey({ key: jwk, format: 'jwk' }), signature))
})

test('every key is another one, and its user gets no shell', () => {
  const place = { user: 'deploy', host: 'node1.example.com' }
  const [one, other] = [newSshKey('ci'), newSshKey('ci')].map((key) => deployKey(place, key))
  assert.ok(one && other)
  assert.notEqual(one.privateKey, other.privateKey)
  assert.equal(one.dockerHost, 'ssh://deploy@node1.example.com')
  assert.match(one.authorized, /^restrict,command="docker system dial-stdio" ssh-ed25519 \S+ ci$/)
  const told = instructions(place, one)
  for (const text of [one.authorized, one.dockerHost, one.privateKey]) assert.ok(told.includes(text))
})

test('root is no user for a key that may do one thing', async () => {
  const { told, context } = screen({})
  assert.equal(await run(['deploy-key', 'ssh://root@node1'], context), 2)
  assert.match(told.complained, /not for root[\s\S]*swarm deploy-key deploy@node1/)
})
