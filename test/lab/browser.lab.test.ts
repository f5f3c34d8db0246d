import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { openBrowser } from './browser.ts'
import { freePort } from './docker.ts'

test('the browser runs scripts of a page served here', async (t) => {
  const port = await freePort()
  const page = '<!doctype html><title>before</title><script>document.title = "after"</script>'
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(page))
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  const browser = await openBrowser()
  t.after(async () => {
    await browser.close()
    server.close()
  })
  const tab = await browser.newPage()
  await tab.goto(`http://127.0.0.1:${port}/`)
  assert.equal(await tab.title(), 'after')
})
