import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings } from '../../standins/settings.ts'

test('without an environment the stand-ins are those of docker-compose.yml', () => {
  const { port, smtpPort, siteUrl, publicUrl } = readSettings({})
  assert.deepEqual(
    { port, smtpPort, siteUrl, publicUrl },
    { port: 8001, smtpPort: 1025, siteUrl: 'http://webapp:8000', publicUrl: 'http://localhost:8080' },
  )
})

test('a port that is none is refused by its name', () => {
  assert.throws(() => readSettings({ SMTP_PORT: '70000' }), /^Error: SMTP_PORT is "70000": set it to a port/)
})
