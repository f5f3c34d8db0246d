import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { locked } from '../../../kit/deploy/lock.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Failure } from '../../../kit/failure.ts'
import { fails, inTurn, NO_LEADER } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

const MISSING = fails('Error response from daemon: config app-lab_lock not found')
const NO_HOST = fails('error during connect: Get "http://a/info": dial tcp: lookup a: no such host')
const lockWith = (id: string): string =>
  `echo '${JSON.stringify([{ ID: id, CreatedAt: '', Spec: { Name: 'app-lab_lock' } }])}'`

/** Takes the lock, and checks it while the swarm answers so. */
function checked(t: TestContext, ...answers: readonly string[]) {
  const { env, asked } = recordedSwarm(
    t,
    `'config create'*) cat > /dev/null; echo own ;; 'config rm'*) ;; ${inTurn('config inspect', answers)}`,
  )
  const told: string[] = []
  const tell = (text: string) => void told.push(text)
  const locking = { stack: 'app-lab', who: 'ann', why: 'up', now: () => new Date(), force: false, tell }
  const working = inEnvironment(env, () => locked(locking, (held) => held.check()))
  return { working, asked, told }
}

test('a swarm that is silent for a moment does not mean that the lock is taken over', async (t) => {
  const { working, asked, told } = checked(t, NO_LEADER, NO_HOST, lockWith('own'))
  await working
  assert.deepEqual(told, [])
  assert.equal(asked().filter((line) => line.startsWith('config inspect')).length, 3)
  assert.equal(asked().at(-1), 'config rm own')
})

test('a lock that is gone, or somebody else has, is taken over', async (t) => {
  for (const answer of [MISSING, lockWith('other')]) {
    const { working } = checked(t, answer)
    await assert.rejects(working, (error) => error instanceof Failure && error.kind === 'locked')
  }
})

const TAKEN = fails('rpc error: code = AlreadyExists desc = config app-lab_lock already exists')
const heldBy = (holder: object): string => {
  const Data = Buffer.from(JSON.stringify(holder)).toString('base64')
  return `echo '${JSON.stringify([{ ID: 'other', CreatedAt: '', Spec: { Name: 'app-lab_lock', Data } }])}'`
}

/** Takes a lock that somebody has, who is found so by each question. */
function taken(t: TestContext, isBrief: boolean, ...found: readonly string[]) {
  const creates = inTurn('config create', [`cat > /dev/null; ${TAKEN}`, 'cat > /dev/null; echo own'])
  const { env, asked } = recordedSwarm(t, `${creates} 'config rm'*) ;; ${inTurn('config inspect', found)}`)
  const locking = { stack: 'app-lab', who: 'ann', why: 'up', now: () => new Date(), force: false, tell() {} }
  return { working: inEnvironment(env, () => locked({ ...locking, isBrief }, async () => 'done')), asked }
}

test('who has the lock for a moment is waited for', async (t) => {
  const brief = heldBy({ who: 'control', when: new Date().toISOString(), why: 'tidying', isBrief: true })
  const { working, asked } = taken(t, false, brief, brief, MISSING)
  assert.equal(await working, 'done')
  assert.equal(asked().filter((line) => line.startsWith('config create')).length, 2)
})

test('who deploys is not waited for, and brief work waits for nobody', async (t) => {
  const when = new Date().toISOString()
  for (const [isBrief, holder] of [
    [false, { who: 'ben', when, why: 'up' }],
    [true, { who: 'control', when, why: 'tidying', isBrief: true }],
  ] as const) {
    const { working, asked } = taken(t, isBrief, heldBy(holder))
    await assert.rejects(working, (error) => error instanceof Failure && error.kind === 'locked')
    assert.equal(asked().filter((line) => line.startsWith('config inspect')).length, 1)
  }
})
