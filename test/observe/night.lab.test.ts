import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { run } from '../lab/command.ts'
import { freePort } from '../lab/docker.ts'
import { type ProductionStack, productionUp } from '../production/stack.ts'
import { visitorAt } from '../production/visitor.ts'
import { until } from '../until.ts'
import { questions } from './night.ts'

let stack: ProductionStack
before(async () => {
  stack = await productionUp({ settings: { OBSERVE_PORT: String(await freePort()) } })
  await haveTrouble()
})
after(() => stack?.down())

/** Private pages fail for a moment, and the worker is without its queue: something to be found at night. */
async function haveTrouble(): Promise<void> {
  const visitor = visitorAt(stack.url)
  await visitor.introduce('Ann')
  await stack.compose('kill', 'redissessions', 'redisqueue')
  await until(async () => (await visitor.status('/session')) === '503', 'a private page to fail')
  const troubled = async () =>
    /"level":"(?:warn|error)"/.test(await stack.compose('logs', '--no-log-prefix', 'worker'))
  await until(troubled, 'the worker to complain', 40)
  await stack.compose('start', 'redissessions', 'redisqueue')
  await until(async () => (await visitor.status('/session')) === '200', 'private pages to be back')
  const asks = "fetch('http://127.0.0.1:9100/metrics').then((a) => a.text()).then(console.log)"
  const tasks = async () =>
    /^dogfood_queue_tasks/m.test(await stack.compose('exec', '-T', 'webapp', 'node', '-e', asks))
  await until(tasks, 'the webapp to reach redisqueue', 40)
}

/** What an answer looks like, by question. */
const answers: Readonly<Record<string, readonly RegExp[]>> = {
  'Is the site up?': [
    /^200 after [\d.]+ s$/m,
    /^webapp +Up .*\(healthy\)$/m,
    /^files +Exited \(0\)/m,
    /^balancing +Exited \(0\)/m,
  ],
  'Who gets errors?': [/\d+ "path":"\/session","status":503$/m, /"level":"error"/],
  'Which instance is it?': [/^web\d+,\d+,\d+,UP,\d+$/m, /\d+ "instance":"[0-9a-f]{12}"$/m],
  'What is slow?': [
    /"path":"[^"]*"\t"seconds":[\d.]+$/m,
    /^nodejs_eventloop_lag_p99_seconds\{.*\} [\d.e-]+$/m,
  ],
  'Is it us, or the CRM?': [/"level":"(?:warn|error)"/],
  'Is the queue stuck?': [
    /worker.*Up .*\(healthy\)/,
    /^dogfood_queue_tasks\{queue="crm",state="dead_letter",.*\} 0$/m,
  ],
  'Is a Redis away?': [/^redissessions: PONG$/m, /"stores":\{"cache":"up"/],
  'Is memory short?': [/webapp-1 +[\d.]+MiB \/ 384MiB/, /^redisqueue maxmemory_human:128/m],
  'When does the certificate end?': [/^notAfter=/m],
  'Is the disk full?': [/^Filesystem +Size/m, /^Images +\d+/m],
  'Is it a spike or an attack?': [/\d+ "client":"[\d.]+"$/m, /\d+ "status":200$/m],
  'What changed last?': [/^\S+$/m, /(?:start|die) \S+/, /^[0-9a-f]{7,} /m],
}

/** The commands of a question as bash runs them, after those of the beginning. */
function answered(block: string): Promise<string> {
  const [{ blocks: [begin = ''] = [] } = {}] = questions()
  const subnets = existsSync(join(stack.folder, 'subnets.json')) ? ':subnets.json' : ''
  const inThisProject = `export COMPOSE_PROJECT_NAME=${stack.project}; cd ${stack.folder}`
  const beginning = begin.replace('docker-compose.prod.yml', `docker-compose.prod.yml${subnets}`)
  return run('bash', ['--norc', '-e', '-c', `${inThisProject}\n${beginning}\n${block}`])
}

for (const { title, blocks } of questions().filter(({ title }) => title.endsWith('?'))) {
  const own = blocks.filter((block) => !block.includes('npm run rollout'))
  test(`the commands for "${title}" answer it`, async () => {
    const output = (await Promise.all(own.map(answered))).join('\n')
    for (const pattern of answers[title] ?? [/dogfood-webapp/]) assert.match(output, pattern)
  })
}

test('one command opens the dashboard, and every metric that the questions name is there', async () => {
  const [{ blocks } = { blocks: [] }] = questions()
  await answered(blocks[1] ?? '')
  const port = /OBSERVE_PORT=(\d+)/.exec(await run('cat', [join(stack.folder, '.env')]))?.[1]
  const names = async (): Promise<readonly string[]> => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/label/__name__/values`)
    return ((await answer.json()) as { data: string[] }).data
  }
  const text = questions()
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => /Metrics?:/.test(line))
  const metrics = text.flatMap((line) =>
    [...line.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name = '']) => name),
  )
  assert.ok(metrics.length >= 8)
  const lacking = async () => {
    const known = await names()
    return metrics.filter((name) => !known.some((each) => each === name || each === `${name}_count`))
  }
  const rare = /^dogfood_delivery/
  await until(async () => (await lacking()).every((name) => rare.test(name)), `all of ${metrics}`, 40)
})
