import assert from 'node:assert/strict'
import { test } from 'node:test'
import { READ_SERVERS, serversIn } from '../../../kit/control/balancer-servers.ts'

const columns = '# pxname,svname,qcur,scur,status,chkfail,chkdown,last_chk,addr,'
const answer = [
  columns,
  'instances,web1,0,2,UP,0,0,,10.0.1.4:8000,',
  'instances,web2,0,0,UP 1/2,4,1,"Layer7 wrong status, ""503""",10.0.1.5:8000,',
  'instances,web3,0,0,MAINT (resolution),0,2,,,',
  '',
  columns,
  'canary,canary1,0,1,DOWN,3,1,Layer4 timeout,10.0.1.9:8000,',
  '',
].join('\n')

test('both sides are asked for at once', () => {
  assert.equal(READ_SERVERS, 'show stat canary 4 -1;show stat instances 4 -1')
})

test('servers are read by the names of the columns', () => {
  const server = (slot: string, address: string, isUp: boolean, [current, lost, checksFailed]: number[]) => ({
    ...{ slot, address, isUp, current, lost, checksFailed },
  })
  assert.deepEqual(serversIn(answer), {
    canary: [server('canary1', '10.0.1.9', false, [1, 1, 3])],
    old: [
      server('web1', '10.0.1.4', true, [2, 0, 0]),
      server('web2', '10.0.1.5', true, [0, 1, 4]),
      server('web3', '', false, [0, 2, 0]),
    ],
  })
  assert.deepEqual(serversIn('No such proxy.\n\n'), { canary: [], old: [] })
})
