import assert from 'node:assert/strict'
import { test } from 'node:test'
import { balancerAddresses } from '../../../kit/control/balancer-addresses.ts'
import { canary, service, swarm } from './parts.ts'

/** Addresses of the balancers of a swarm with one, by a DNS that says this in turn. */
function addressesOf(...says: (readonly string[] | undefined)[]) {
  const { control, here } = swarm(canary())
  here.services.push(service('balancer'))
  const asked: string[] = []
  const addresses = balancerAddresses(control.stack, control.engine, async (name) => {
    asked.push(name)
    return says.shift() ?? assert.fail('DNS does not answer')
  })
  return { addresses: addresses.all, ofCanary: addresses.ofCanary, asked, here }
}

test('balancers are where DNS says, each once', async () => {
  const { addresses, asked } = addressesOf(['10.0.0.3', '10.0.0.1', '10.0.0.3'], [])
  assert.deepEqual(await addresses(), ['10.0.0.1', '10.0.0.3'])
  assert.deepEqual(asked, ['tasks.balancer'])
  assert.deepEqual(await addresses(), [])
})

test('while DNS does not answer they are where they were', async () => {
  const { addresses } = addressesOf(undefined, ['10.0.0.1'], undefined, undefined, ['10.0.0.2'])
  for (const expected of [[], ['10.0.0.1'], ['10.0.0.1'], ['10.0.0.1'], ['10.0.0.2']])
    assert.deepEqual(await addresses(), expected)
})

test('those of the component that has a canary are known once its service is there', async () => {
  const { ofCanary, asked, here } = addressesOf(['10.0.0.1'], ['10.0.0.2'])
  const [canary, ...others] = here.services
  here.services = [service('balancer', 'shop-balancer', 'site/shop'), ...others]
  assert.deepEqual([await ofCanary(), asked], [[], []])
  if (canary) here.services.push(canary)
  assert.deepEqual([await ofCanary(), asked], [['10.0.0.1'], ['tasks.balancer']])
})
