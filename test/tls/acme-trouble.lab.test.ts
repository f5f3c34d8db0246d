import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Container, docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Authority, makeAuthority } from './authority.ts'
import { DIRECTORY, startPebble, trusting } from './pebble.ts'
import { linesOf, makeNetwork, makeVolumes, startCertificates, untilReady, untilSaid } from './tls-front.ts'

let authority: Authority
let network: string
let pebble: Container
before(async () => {
  authority = await makeAuthority()
  network = await makeNetwork()
  pebble = await startPebble({ network, authority, refused: ['blocked.test'] })
})
after(async () => {
  await pebble?.remove()
  await docker('network', 'rm', network)
  await authority.remove()
})

/** Runs the service for these domains, without an nginx that would answer the challenge. */
async function withCertificates(
  settings: Readonly<Record<string, string>>,
  look: (certificates: Container) => Promise<void>,
): Promise<void> {
  const { volumes, remove } = await makeVolumes()
  const given = { ACME_DIRECTORY: DIRECTORY, TICK_SECONDS: '1', ...settings }
  const environment = Object.entries(given).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const place = ['--network', network, ...trusting(authority)]
  const certificates = await startCertificates(volumes, [...environment, ...place])
  try {
    await untilReady(certificates)
    await look(certificates)
  } finally {
    await certificates.remove()
    await remove()
  }
}

const failures = async (certificates: Container): Promise<string[]> =>
  (await linesOf(certificates)).filter((line) => line.includes('No certificate for'))

test('a name that leads nowhere is told with what the ACME server saw and what to do', () =>
  withCertificates({ DOMAINS: 'nowhere.test' }, async (certificates) => {
    await untilSaid(
      certificates,
      /No certificate for nowhere\.test: .*Detail: .*Each name has to lead to this server/,
    )
    const [line = ''] = await failures(certificates)
    const { level, msg } = JSON.parse(line)
    assert.equal(level, 'error')
    assert.match(msg, /The next attempt is in 300 s, or after a restart of this service\.$/)
  }))

test('a name that the ACME server refuses is told with its reason', () =>
  withCertificates({ DOMAINS: 'blocked.test' }, (certificates) =>
    untilSaid(
      certificates,
      /No certificate for blocked\.test: .*(?:[Rr]efuse|policy|[Bb]locked|rejectedIdentifier).*Check DOMAINS/,
    ),
  ))

test('what is no list of host names is refused without an end', () =>
  withCertificates({ DOMAINS: 'https://www.dogfood.test/' }, (certificates) =>
    untilSaid(certificates, /No certificate for https:\/\/www\.dogfood\.test\/: .*Check DOMAINS/),
  ))

test('a list without a name is told, and counts as none', () =>
  withCertificates({ DOMAINS: ', ,' }, async (certificates) => {
    await untilSaid(certificates, /"error","msg":"DOMAINS holds no name: ', ,'/)
    await untilSaid(certificates, /The certificate in use is from itself, for localhost/)
  }))

test('pauses between attempts double, and an hour sees four of them, restarts and wishes included', () =>
  withCertificates({ DOMAINS: 'blocked.test', RETRY_SECONDS: '1' }, async (certificates) => {
    await untilSaid(certificates, /The next attempt is in 2 s/)
    await untilSaid(
      certificates,
      /There were 4 attempts to get a certificate within an hour: the next one is in \d+ s/,
      120,
    )
    await docker('restart', certificates.name)
    await untilReady(certificates)
    await docker('exec', certificates.name, 'certificates', 'renew')
    await wait(5000)
    assert.equal((await failures(certificates)).length, 4)
    const said = (await linesOf(certificates)).filter((line) => line.includes('There were 4 attempts'))
    assert.equal(said.length, 3, 'once each: before the restart, after it, and for the wish')
    const [pause = 0] = (await linesOf(certificates)).flatMap(
      (line) => /the next one is in (\d+) s/.exec(line)?.slice(1).map(Number) ?? [],
    )
    assert.ok(pause > 3300 && pause <= 3600, String(pause))
  }))

test('it ends at once when told to, also while it asks', () =>
  withCertificates({ DOMAINS: 'nowhere.test', RETRY_SECONDS: '1' }, async (certificates) => {
    await until(async () => (await docker('top', certificates.name)).includes('certbot certonly'), 'certbot')
    const begun = performance.now()
    await docker('stop', '--time', '10', certificates.name)
    assert.ok(performance.now() - begun < 9000)
    assert.equal(await docker('inspect', '--format', '{{.State.ExitCode}}', certificates.name), '0')
  }))
