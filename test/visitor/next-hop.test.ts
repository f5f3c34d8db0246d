import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import express from 'express'
import { base } from '../../app/config/base.ts'
import { believeNextHop } from '../../app/visitor/next-hop.ts'
import { ask } from '../nginx/ask.ts'

/** Asks from 127.0.0.1 who the client is taken for. */
async function addressSeen(t: TestContext, proxies: string, headers: Record<string, string>) {
  const app = express()
  believeNextHop(app, proxies)
  app.get('/', (req, res) => void res.json({ address: req.ip, host: req.host, protocol: req.protocol }))
  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const seen: unknown = JSON.parse(
    (await ask(port, { path: '/', headers: { host: 'here', ...headers } })).text,
  )
  return seen
}

const here = { host: 'here', protocol: 'http' }

test('the next hop is believed about the client', async (t) => {
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'www.example.com',
    'x-forwarded-proto': 'https',
  }
  assert.deepEqual(await addressSeen(t, base.trustProxy, headers), {
    address: '203.0.113.9',
    host: 'www.example.com',
    protocol: 'https',
  })
})

for (const client of ['203.0.113.9', '10.0.0.7', '192.168.1.20', '169.254.0.3', 'fd00::7', '127.0.0.1']) {
  test(`a client at ${client} cannot choose its address by a chain that it sent`, async (t) => {
    for (const chain of [`1.1.1.1, ${client}`, `1.1.1.1, 10.0.0.1, ${client}`, `127.0.0.1,${client}`])
      assert.deepEqual(await addressSeen(t, base.trustProxy, { 'x-forwarded-for': chain }), {
        address: client,
        ...here,
      })
  })
}

test('a neighbour that is none of our proxies is believed nothing', async (t) => {
  const headers = {
    'x-forwarded-for': '1.1.1.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  }
  assert.deepEqual(await addressSeen(t, '192.0.2.1', headers), { address: '127.0.0.1', ...here })
})

test('only X-Forwarded-For is read', async (t) => {
  const headers = { 'x-real-ip': '1.1.1.1', forwarded: 'for=1.1.1.1', 'x-client-ip': '1.1.1.1' }
  assert.deepEqual(await addressSeen(t, base.trustProxy, headers), { address: '127.0.0.1', ...here })
})
