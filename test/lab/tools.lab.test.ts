import assert from 'node:assert/strict'
import { test } from 'node:test'
import { docker } from './docker.ts'
import { toolsImage } from './tools.ts'

test('the tools that tests run are in one image', async () => {
  const tools = ['slowhttptest', 'testssl', 'pebble', 'pebble-challtestsrv', 'h2load', 'openssl', 'curl']
  const image = await toolsImage()
  const found = await docker('run', '--rm', image, 'which', ...tools)
  assert.deepEqual(
    found.split('\n').map((path) => path.split('/').at(-1)),
    tools,
  )
})

test('the image is built once', async () => {
  const id = async () => docker('image', 'inspect', '--format', '{{.Id}}', await toolsImage())
  assert.equal(await id(), await id())
})
