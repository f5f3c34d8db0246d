import assert from 'node:assert/strict'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Supervisor, supervise } from '../../app/live/supervisor.ts'
import { watchFiles } from '../../app/live/watch.ts'
import { until } from '../until.ts'

const server = `
import { createServer } from 'node:http'
import { value } from './part.ts'
const server = createServer((req, res) => res.end(value)).listen(Number(process.argv[2]), '127.0.0.1')
process.on('SIGTERM', () => setTimeout(() => process.exit(7), 300))
`

// Each of them waits most of the time.
describe('a supervised server', { concurrency: true }, () => {
  test('each of many saves in a row is served, by a process that had time to stop', async (t) => {
    const { shows, save } = await supervised(t)
    for (let value = 1; value <= 4; value++) {
      await save(`save ${value}`)
      await shows(`save ${value}`)
    }
  })

  test('saves by rename are seen every time', async (t) => {
    const { shows, save, part } = await supervised(t)
    for (let value = 1; value <= 3; value++) {
      await save(`rename ${value}`, `${part}.tmp`)
      await rename(`${part}.tmp`, part)
      await shows(`rename ${value}`)
    }
  })

  test('a save while the old process is still stopping is served too', async (t) => {
    const { shows, save } = await supervised(t)
    for (const pause of [150, 300, 450]) {
      await save(`before ${pause}`)
      await wait(pause)
      await save(`after ${pause}`)
      await shows(`after ${pause}`)
    }
  })

  test('after a mistake in the code the next save starts the server again', async (t) => {
    const { shows, save, part, ends } = await supervised(t)
    for (const value of ['one', 'two']) {
      await writeFile(part, 'export const value: string = =\n')
      await until(async () => ends.length > 0, 'the end of the server')
      assert.deepEqual(ends.splice(0), ['code 1'])
      await save(value)
      await shows(value)
    }
  })

  test('stopping passes the signal on and answers the exit code', async (t) => {
    const { supervisor, ends } = await supervised(t)
    assert.equal(await supervisor.stop('SIGTERM'), 7)
    assert.deepEqual(ends, [])
  })
})

async function supervised(t: TestContext) {
  const dir = await mkdtemp(join(tmpdir(), 'supervisor-'))
  const part = join(dir, 'part.ts')
  const save = (value: string, file = part) => writeFile(file, `export const value: string = '${value}'\n`)
  await writeFile(join(dir, 'package.json'), '{"type":"module"}')
  await writeFile(join(dir, 'server.ts'), server)
  await save('first')
  const ends: string[] = []
  const port = await freePort()
  const supervisor: Supervisor = supervise([join(dir, 'server.ts'), String(port)], {
    onEnd: (how) => ends.push(how),
  })
  const watcher = await watchFiles({ code: dir }, supervisor.restart, { only: /\.ts$/ })
  t.after(async () => {
    await watcher.close()
    await supervisor.stop('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  })
  const shows = (value: string) =>
    until(async () => (await (await fetch(`http://127.0.0.1:${port}`)).text()) === value, `'${value}'`)
  await shows('first')
  return { supervisor, shows, save, part, ends }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
