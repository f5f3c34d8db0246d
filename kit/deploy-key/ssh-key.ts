import { generateKeyPairSync, randomBytes } from 'node:crypto'

export interface SshKey {
  /** One line, as in `authorized_keys`: type, key and comment. */
  readonly publicLine: string
  /** The file that `ssh -i` takes. */
  readonly privateFile: string
}

const TYPE = 'ssh-ed25519'
const LINE = 70
/** What the private part is padded to, with no cipher. */
const BLOCK = 8

/** A new Ed25519 key in OpenSSH's own format, without a passphrase. */
export function newSshKey(comment: string): SshKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
  const shared = Buffer.concat([text(TYPE), text(point)])
  return {
    publicLine: `${TYPE} ${shared.toString('base64')} ${comment}`,
    privateFile: armoured(Buffer.concat([head(shared), text(secretPart(shared, seed, point, comment))])),
  }
}

/** No cipher, no passphrase, one key: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key */
const head = (shared: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    text('none'),
    text('none'),
    text(''),
    number(1),
    text(shared),
  ])

function secretPart(shared: Buffer, seed: Buffer, point: Buffer, comment: string): Buffer {
  // The same number twice tells a reader that it has deciphered well.
  const check = randomBytes(4)
  const part = Buffer.concat([check, check, shared, text(Buffer.concat([seed, point])), text(comment)])
  const missing = (BLOCK - (part.length % BLOCK)) % BLOCK
  return Buffer.concat([part, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))])
}

function armoured(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n')
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Bytes with their number before them. */
function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([number(bytes.length), bytes])
}
