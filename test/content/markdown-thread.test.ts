import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { MarkdownThread } from '../../app/content/markdown-thread.ts'

const job = { markdown: 'Text.', firstLine: 1 }

test('a thread that is kept warm runs before its first page and stays when it idles', async () => {
  const thread = new MarkdownThread({ idle: 20 })
  await thread.stayWarm()
  assert.ok(thread.isRunning)
  await thread.render(job)
  await wait(200)
  assert.ok(thread.isRunning)
  await thread.close()
})
