import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { sendForm } from '../../bench/send-form.ts'

test('answers are the same but for what names the request and its time, and each is to another client', async (t) => {
  const seen: { client: unknown; body: string }[] = []
  const server = createServer(async (req, res) => {
    seen.push({ client: req.headers['x-forwarded-for'], body: await text(req) })
    const cookie = `session=one; Path=/; Expires=${new Date(Date.now() + seen.length * 5000).toUTCString()}; HttpOnly`
    res.setHeader('X-Request-Id', String(seen.length)).setHeader('Set-Cookie', cookie)
    res.writeHead(req.url === '/other' ? 404 : 200, { 'X-Kept': 'yes' }).end('page')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const first = await sendForm(`${url}/`, { email: 'a@b.example' })
  assert.equal(await sendForm(`${url}/`, { email: 'c@d.example' }), first)
  assert.match(first, /^200 .*session=one.*x-kept.*\npage$/)
  assert.notEqual(await sendForm(`${url}/other`, {}), first)
  assert.equal(new Set(seen.map(({ client }) => client)).size, 3)
  assert.equal(seen[0]?.body, 'email=a%40b.example')
})
