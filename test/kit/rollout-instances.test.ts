import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf, type Instance } from '../../kit/rollout/instances.ts'
import { commonImage } from '../../kit/rollout/running-images.ts'

const instance = (changes: Partial<Instance> = {}): Instance => ({
  id: 'a',
  name: 'webapp-1',
  image: 'sha256:one',
  status: 'running',
  health: 'healthy',
  restarts: 0,
  exitCode: 0,
  ranOutOfMemory: false,
  addresses: [],
  ...changes,
})

test('an instance that ended once, long before, can still be gone back to', () => {
  const old = instance({ restarts: 2, ranOutOfMemory: true })
  assert.equal(faultOf(old, old), undefined)
  assert.match(faultOf({ ...old, restarts: 3 }, old) ?? '', /ended and was started again/)
})

test('a new instance may not end even once', () => {
  assert.match(faultOf(instance({ restarts: 1 })) ?? '', /ended and was started again/)
  assert.match(faultOf(instance({ ranOutOfMemory: true })) ?? '', /more memory/)
  assert.equal(faultOf(instance()), undefined)
})

test('what runs is the image that most instances have that are well', () => {
  const [one, two] = [instance(), instance({ image: 'sha256:two' })]
  assert.equal(commonImage([two, one, one]), 'sha256:one')
  const broken = { ...two, status: 'restarting' }
  assert.equal(commonImage([broken, broken, one]), 'sha256:one')
  assert.equal(commonImage([{ ...two, status: 'exited' }]), 'sha256:two')
  assert.equal(commonImage([]), undefined)
})
