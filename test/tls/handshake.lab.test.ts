import assert from 'node:assert/strict'
import { appendFile, readFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'
import { ask } from '../nginx/ask.ts'
import { until } from '../until.ts'
import { type Authority, makeAuthority } from './authority.ts'
import { makeNetwork, startTlsFront, type TlsFront } from './tls-front.ts'
import { visit } from './visit.ts'

const host = 'www.dogfood.test'
let authority: Authority
let network: string
let front: TlsFront
let tools: Container
let responder: Container
before(async () => {
  authority = await makeAuthority()
  const extensions = ['authorityInfoAccess=OCSP;URI:http://ocsp.dogfood.test:8888']
  const own = await authority.issue('own', { hosts: [host], extensions })
  // Who asks for a certificate's state has to know who issued it.
  await appendFile(join(own, 'certificate.pem'), await readFile(join(authority.folder, 'ca.pem')))
  network = await makeNetwork()
  const place = ['--network', network, '--volume', `${authority.folder}:/ca`]
  // nginx looks its address up when it reads the certificate.
  responder = await startResponder([...place, '--network-alias', 'ocsp.dogfood.test'])
  await until(responderAnswers, 'the OCSP responder')
  front = await startTlsFront({
    network,
    certificates: ['--volume', `${own}:/run/secrets/tls:ro`],
    nginx: ['--network-alias', host, '--env', `PUBLIC_URL=https://${host}:9543`],
  })
  await front.startUpstream()
  tools = await startContainer({ image: await toolsImage(), options: place })
  await until(async () => (await page()).status === 200, 'the site', 90)
})
after(async () => {
  await Promise.all([tools, responder].map((container) => container?.remove()))
  await front?.stop()
  await docker('network', 'rm', network)
  await authority.remove()
})

const page = (path?: string, asked = host) => visit(front.nginx.port(8443), new Agent(), path, asked)

const sh = (command: string): Promise<string> => docker('exec', tools.name, 'sh', '-c', command)

/** What openssl says of a handshake, as far as it got. */
const handshake = (...options: string[]): Promise<string> =>
  sh(
    `openssl s_client -connect ${host}:8443 -servername ${host} -CAfile /ca/ca.pem ${options.join(' ')} </dev/null 2>&1 || true`,
  )

async function startResponder(options: readonly string[]): Promise<Container> {
  const serial = 'openssl x509 -in /ca/own/certificate.pem -noout -serial | cut -d= -f2'
  const line = `printf 'V\\t400101000000Z\\t\\t%s\\tunknown\\t/CN=${host}\\n' $(${serial}) > /tmp/index`
  const answer =
    'openssl ocsp -port 8888 -index /tmp/index -CA /ca/ca.pem -rsigner /ca/ca.pem -rkey /ca/ca.key -multi 4'
  return startContainer({
    image: await toolsImage(),
    args: ['sh', '-c', `${line} && ${answer}`],
    options: [...options],
  })
}

// nginx asks once, and after a failure not again for five minutes.
async function responderAnswers(): Promise<boolean> {
  const asking = 'openssl ocsp -issuer /ca/ca.pem -CAfile /ca/ca.pem -cert /ca/own/certificate.pem'
  const told = await docker('exec', responder.name, 'sh', '-c', `${asking} -url http://localhost:8888`)
  return told.includes('certificate.pem: good')
}

test('TLS 1.2 and 1.3 are spoken, with a trusted chain, and nothing older', async () => {
  for (const version of ['1_2', '1_3']) {
    const said = await handshake(`-tls${version}`)
    assert.match(said, new RegExp(`Protocol *: TLSv${version.replace('_', '.')}`))
    assert.match(said, /Verification: OK|Verify return code: 0/)
  }
  for (const version of ['1', '1_1']) {
    assert.match(await handshake(`-tls${version}`, '-cipher', 'ALL:@SECLEVEL=0'), /alert protocol version/)
  }
})

test('ciphers without forward secrecy or authentication of what is sent are refused', async () => {
  for (const cipher of ['ECDHE-ECDSA-AES128-SHA256', 'AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-SHA']) {
    assert.match(await handshake('-tls1_2', '-cipher', `${cipher}:@SECLEVEL=0`), /handshake failure/, cipher)
  }
  for (const cipher of ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305']) {
    assert.match(
      await handshake('-tls1_2', '-cipher', `ECDHE-ECDSA-${cipher}`),
      new RegExp(`Cipher is ECDHE-ECDSA-${cipher}`),
    )
  }
})

test('the key exchange withstands quantum computers where the client can, and is an elliptic curve elsewhere', async () => {
  assert.match(await handshake('-tls1_3'), /Negotiated TLS1.3 group: X25519MLKEM768/)
  for (const group of ['X25519', 'prime256v1', 'secp384r1']) {
    assert.match(await handshake('-tls1_3', '-groups', group), /New, TLSv1.3/, group)
  }
  assert.match(await handshake('-tls1_3', '-groups', 'ffdhe2048'), /handshake failure/)
})

test('what the OCSP responder of the certificate says is stapled', async () => {
  // Each process of nginx asks the responder for itself, once it was asked.
  await until(async () => (await handshake('-status')).includes('Cert Status: good'), 'the staple', 30)
})

test('HTTP/2 is spoken, and HTTP/1.1 to whoever asks for it', async () => {
  const version = (option: string) =>
    sh(
      `curl -sS ${option} --cacert /ca/ca.pem -o /dev/null -w '%{http_version} %{response_code}' https://${host}:8443/page`,
    )
  assert.equal(await version('--http2'), '2 200')
  assert.equal(await version('--http1.1'), '1.1 200')
})

test('http is redirected to where PUBLIC_URL is, path and query kept, and never answers a page', async () => {
  const insecure = (path: string, asked = host) =>
    ask(front.nginx.port(8080), { path, headers: { Host: asked } })
  const moved = await insecure('/page?a=b', `${host}:9180`)
  assert.deepEqual([moved.status, moved.headers.location], [308, `https://${host}:9543/page?a=b`])
  assert.equal((await insecure('/', 'localhost')).headers.location, 'https://localhost:9543/')
  assert.equal((await insecure('/healthz')).text, 'ok\n')
  assert.equal((await insecure('/.well-known/acme-challenge/none')).status, 404)
})

test('every answer over TLS has the security headers, one of a name that nobody gave it too', async () => {
  for (const answer of [await page('/page'), await page('/readyz'), await page('/page', 'unknown.test')]) {
    assert.equal(answer.headers['strict-transport-security'], 'max-age=63072000; includeSubDomains; preload')
    assert.match(
      String(answer.headers['content-security-policy']),
      /default-src 'none'.*; upgrade-insecure-requests$/,
    )
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  }
  assert.equal((await page('/page', 'unknown.test')).status, 200)
})

test('a request without TLS on the port of TLS answers 400', async () => {
  assert.equal((await ask(front.nginx.port(8443), '/page')).status, 400)
})
