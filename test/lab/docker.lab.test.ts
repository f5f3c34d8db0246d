import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createConnection, createServer, type Server } from 'node:net'
import { test } from 'node:test'
import { composeProject, docker, freePort, startContainer } from './docker.ts'
import { removeLeftovers } from './leftovers.ts'

const ping = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const client = createConnection(port, '127.0.0.1', () => client.write('PING\r\n'))
    client.once('data', (data) => resolve(data.toString()) ?? client.end())
    client.once('error', () => resolve('refused')).once('close', () => resolve('closed'))
  })

async function answersWith(port: number, answer: string): Promise<void> {
  while ((await ping(port)) !== answer) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('a container that is killed and started again is reached at the same port', async () => {
  const redis = await startContainer({ image: 'redis:8.10.1', ports: [6379] })
  await answersWith(redis.port(6379), '+PONG\r\n')
  await redis.kill()
  await answersWith(redis.port(6379), 'refused')
  await redis.start()
  await answersWith(redis.port(6379), '+PONG\r\n')
  await redis.remove()
  await assert.rejects(docker('inspect', redis.id), /No such object/i)
})

test('asking for a port that was not published is an error that says so', async () => {
  const redis = await startContainer({ image: 'redis:8.10.1' })
  assert.throws(() => redis.port(6379), /publishes no port 6379/)
  await redis.remove()
})

const startAndLeave = (end: string): string => {
  const script = `import { startContainer } from '${import.meta.dirname}/docker.ts'
    const { id } = await startContainer({ image: 'redis:8.10.1' })
    console.log(id)
    ${end}`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  return stdout.trim()
}

test('a test that fails leaves no container behind', async () => {
  const id = startAndLeave("throw new Error('as tests do')")
  assert.match(id, /^[0-9a-f]{64}$/)
  await assert.rejects(docker('inspect', id), /No such object/i)
})

test('what a killed test left behind is removed, and nothing of a living one', async () => {
  const mine = await startContainer({ image: 'redis:8.10.1' })
  const left = startAndLeave("process.kill(process.pid, 'SIGKILL')")
  await docker('inspect', left)
  await removeLeftovers()
  await assert.rejects(docker('inspect', left), /No such object/i)
  await docker('inspect', mine.id)
  await mine.remove()
})

test('an image of a Compose project is removed once its test is gone, not before', async () => {
  const gone = spawnSync(process.execPath, ['--version']).pid
  const left = [`dogfood-test-${gone}-webapp`, `dogfood-webapp:dogfood-test-${gone}-production`]
  const mine = `${composeProject()}-webapp`
  for (const name of [...left, mine]) await docker('tag', 'redis:8.10.1', name)
  await removeLeftovers()
  for (const image of left) await assert.rejects(docker('image', 'inspect', image), /No such image/i)
  await docker('image', 'rm', mine)
})

test('a free port can be listened on', async () => {
  const port = await freePort()
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = createServer().once('error', reject)
    listening.listen(port, '127.0.0.1', () => resolve(listening))
  })
  server.close()
})
