import assert from 'node:assert/strict'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Container, docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Authority, makeAuthority } from './authority.ts'
import { linesOf, makeVolumes, startCertificates, untilReady, untilSaid, type Volumes } from './tls-front.ts'

let authority: Authority
let own: string
let volumes: Volumes
let removeVolumes: () => Promise<void>
let certificates: Container
before(async () => {
  authority = await makeAuthority()
  own = await mkdtemp(join(tmpdir(), 'dogfood-own-'))
  await docker('run', '--rm', '--volume', `${own}:/own`, 'node:26.10.0-slim', 'chmod', '755', '/own')
  ;({ volumes, remove: removeVolumes } = await makeVolumes())
  await authority.issue('first', { hosts: ['dogfood.test'] })
  await authority.issue('second', { hosts: ['dogfood.test'] })
  const old = ['20200101000000Z', '20200201000000Z'] as const
  await authority.issue('ended', { hosts: ['dogfood.test'], between: old })
  await authority.issue('weak', { hosts: ['dogfood.test'], key: ['rsa:1024'] })
  await authority.issue('curve', {
    hosts: ['dogfood.test'],
    key: ['ec', '-pkeyopt', 'ec_paramgen_curve:secp192k1'],
  })
  const later = ['20990101000000Z', '20990201000000Z'] as const
  await authority.issue('early', { hosts: ['dogfood.test'], between: later })
  await authority.issue('soon', { hosts: ['dogfood.test'], days: 5 })
  certificates = await startCertificates(volumes, [
    ...['--env', 'TICK_SECONDS=1', '--volume', `${own}:/run/secrets/tls:ro`],
  ])
  await untilReady(certificates)
})
after(async () => {
  await certificates?.remove()
  await removeVolumes()
  await Promise.all([authority.remove(), rm(own, { recursive: true })])
})

/** Puts files in place at one stroke, as far as the service can see. */
async function give(certificate: string, key: string): Promise<void> {
  await pausedWhile(certificates, async () => {
    await copyFile(join(authority.folder, certificate), join(own, 'certificate.pem'))
    await copyFile(join(authority.folder, key), join(own, 'key.pem'))
  })
}

async function pausedWhile(service: Container, happens: () => Promise<unknown>): Promise<void> {
  await docker('pause', service.name)
  await happens()
  await docker('unpause', service.name)
}

const inside = (...command: string[]): Promise<string> => docker('exec', certificates.name, ...command)
const inUse = (): Promise<string> => inside('cat', '/srv/tls/certificate.pem')

test('without a domain and files there is a certificate for localhost that signs itself', async () => {
  const text = await inside('openssl', 'x509', '-in', '/srv/tls/certificate.pem', '-noout', '-text')
  assert.match(text, /Issuer: CN ?= ?localhost/)
  assert.match(text, /DNS:localhost, IP Address:127\.0\.0\.1/)
  assert.match(text, /NIST CURVE: P-256/)
})

test('a key is readable for nginx alone', async () => {
  const modes = await inside('find', '/srv/tls', '-name', 'key.pem', '-type', 'f', '-printf', '%m %u %g')
  assert.equal(modes, '600 101 101')
})

test('a certificate that signs itself is replaced a month before its end, and stays until then', async () => {
  const first = await inUse()
  const age = (days: number) =>
    inside(
      'sh',
      '-c',
      `openssl req -x509 -new -key /srv/tls/key.pem -subj /CN=aged-${days} -days ${days} -out /tmp/aged && cat /tmp/aged > /srv/tls/current/certificate.pem`,
    )
  await age(40)
  const fresh = await inUse()
  assert.notEqual(fresh, first)
  await docker('exec', certificates.name, 'sleep', '3')
  assert.equal(await inUse(), fresh)
  await age(20)
  await untilChanged(await inUse())
  assert.doesNotMatch(
    await inside('openssl', 'x509', '-in', '/srv/tls/certificate.pem', '-noout', '-subject'),
    /aged/,
  )
})

test('a pair in secrets/tls is put in use, and so is the next one, without a restart', async () => {
  for (const name of ['first', 'second']) {
    const before = await inUse()
    await give(`${name}/certificate.pem`, `${name}/key.pem`)
    await untilChanged(before)
    assert.equal(
      await inUse(),
      await docker('exec', certificates.name, 'cat', '/run/secrets/tls/certificate.pem'),
    )
  }
  const folders = await inside('find', '/srv/tls', '-name', 'pair.*')
  assert.equal(folders.split('\n').length, 2, 'only the pair in use and the one before are kept')
})

test('a pair that could not be stored is stored as soon as there is room, and leaves nothing behind', async () => {
  const before = await inUse()
  const folders = () => inside('sh', '-c', 'echo /srv/tls/pair.*')
  const kept = await folders()
  // No file can be made where there is no room, and none where nobody may write.
  await inside('chmod', '555', '/srv/tls')
  await give('first/certificate.pem', 'first/key.pem')
  await untilSaid(certificates, /cannot be stored/)
  assert.equal(await folders(), kept)
  await inside('chmod', '755', '/srv/tls')
  await untilChanged(before)
})

test('a pair that nginx cannot use is refused with the reason, and the one before stays', async () => {
  const before = await inUse()
  await writeFile(join(authority.folder, 'text'), 'not a certificate')
  const good = await readFile(join(authority.folder, 'first/certificate.pem'), 'utf8')
  await writeFile(join(authority.folder, 'chain'), good + good.replace('\nMII', '\n!!!'))
  await writeFile(join(authority.folder, 'cut'), good + good.slice(0, 300))
  const pairs = [
    ['first/certificate.pem', 'second/key.pem', /the key does not belong to the certificate/],
    ['ended/certificate.pem', 'ended/key.pem', /the certificate ended at 2020-02-01/],
    [
      'weak/certificate.pem',
      'weak/key.pem',
      /nginx would not start with it: OpenSSL says 'ee key too small'/,
    ],
    ['chain', 'first/key.pem', /a certificate after the first in its file is damaged/],
    [
      'curve/certificate.pem',
      'curve/key.pem',
      /nginx would not start with it: OpenSSL says 'ee key too small'/,
    ],
    ['cut', 'first/key.pem', /a certificate after the first in its file is damaged/],
    ['early/certificate.pem', 'early/key.pem', /the certificate is not valid before 2099-01-01/],
    ['text', 'first/key.pem', /the certificate is not in PEM format/],
    ['first/certificate.pem', 'text', /the key is not in PEM format/],
  ] as const
  for (const [certificate, key, why] of pairs) {
    const refusal = new RegExp(`"error","msg":"The certificate in secrets/tls is refused: ${why.source}`)
    const refusals = async () => (await linesOf(certificates)).filter((line) => refusal.test(line)).length
    const said = await refusals()
    await give(certificate, key)
    await until(async () => (await refusals()) > said, String(refusal), 60)
    assert.equal(await inUse(), before)
  }
  await rm(join(own, 'key.pem'))
  await untilSaid(certificates, /refused: the key is missing, or user 101 may not read it/)
  assert.equal(await inUse(), before)
})

test('a reason is said once, not at each look', async () => {
  await docker('exec', certificates.name, 'sleep', '3')
  const said = (await linesOf(certificates)).filter((line) => line.includes('the key is missing'))
  assert.equal(said.length, 1)
})

test('a folder that the service may not look into is told, instead of doing without it', async () => {
  await docker('run', '--rm', '--volume', `${own}:/own`, 'node:26.10.0-slim', 'chmod', '700', '/own')
  await untilSaid(certificates, /the certificate is missing, or user 101 may not read it or its folder/)
  await docker('run', '--rm', '--volume', `${own}:/own`, 'node:26.10.0-slim', 'chmod', '755', '/own')
})

test('the end of a certificate that only its owner can replace is told two weeks before', async () => {
  await give('soon/certificate.pem', 'soon/key.pem')
  await untilSaid(certificates, /"error","msg":"The certificate in use ends at/)
})

test('a pair that is missing for one look stays in use, and for two is gone', async () => {
  const { volumes: others, remove } = await makeVolumes()
  const slow = ['--env', 'TICK_SECONDS=5', '--volume', `${own}:/run/secrets/tls:ro`]
  const patient = await startCertificates(others, slow)
  const source = () => docker('exec', patient.name, 'cat', '/srv/tls/current/source')
  const pause = async () => /(\d+) .* sleep 5/.exec(await docker('top', patient.name))?.[1]
  const nextLook = async () => {
    const before = await pause()
    await until(async () => ![before, undefined].includes(await pause()), 'the next look', 60)
  }
  const files = ['certificate.pem', 'key.pem']
  try {
    await untilReady(patient)
    assert.equal(await source(), 'secrets/tls')
    await pausedWhile(patient, () => Promise.all(files.map((file) => rm(join(own, file)))))
    await nextLook()
    await pausedWhile(patient, () =>
      Promise.all(files.map((file) => copyFile(join(authority.folder, 'first', file), join(own, file)))),
    )
    await nextLook()
    assert.doesNotMatch(await docker('logs', patient.name), /from itself/)
    await Promise.all(files.map((file) => rm(join(own, file))))
    await until(async () => (await source()) === 'itself, for localhost', 'another certificate', 60)
  } finally {
    await patient.remove()
    await remove()
  }
})

async function untilChanged(before: string): Promise<void> {
  await until(async () => (await inUse()) !== before, 'another certificate', 90)
}
