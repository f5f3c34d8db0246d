import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countedSince, failsMore, readStatistics } from '../../kit/rollout/balancer.ts'

const answer = [
  'HTTP/1.1 200 OK',
  'content-type: text/plain',
  '',
  '# pxname,svname,status,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,addr,',
  'site,FRONTEND,OPEN,0,7,0,0,0,,',
  'instances,web1,UP,0,90,5,3,2,172.20.0.4:8000,',
  'instances,web2,UP 1/2,0,1,0,0,0,172.20.0.5:8000,',
  'instances,web3,DOWN,0,0,0,0,0,172.20.0.6:8000,',
  'instances,web4,MAINT (resolution),0,0,0,0,0,,',
  'unchecked,unchecked1,no check,0,3,0,0,0,172.20.0.4:8000,',
].join('\r\n')

test('what HAProxy tells of its servers is read by the names of its columns', () => {
  assert.deepEqual(readStatistics(answer), [
    { slot: 'web1', address: '172.20.0.4', isUp: true, answers: 100, errors: 2 },
    { slot: 'web2', address: '172.20.0.5', isUp: true, answers: 1, errors: 0 },
    { slot: 'web3', address: '172.20.0.6', isUp: false, answers: 0, errors: 0 },
    { slot: 'web4', address: '', isUp: false, answers: 0, errors: 0 },
  ])
})

test('an instance is not judged by what others answered in its place before', () => {
  const seen = { slot: 'web1', address: '172.20.0.9', isUp: true, answers: 320, errors: 20 }
  const before = [{ ...seen, address: '', isUp: false }]
  assert.deepEqual(countedSince(before, seen), { answers: 0, errors: 0 })
  assert.deepEqual(countedSince(before, { ...seen, answers: 330, errors: 30 }), { answers: 10, errors: 10 })
  assert.deepEqual(countedSince(before, { ...seen, answers: 3, errors: 1 }), { answers: 3, errors: 1 })
})

test('a release that fails more than the one beside it is told from a bad moment of both', () => {
  assert.equal(failsMore({ answers: 100, errors: 100 }, { answers: 100, errors: 0 }), true)
  assert.equal(failsMore({ answers: 1000, errors: 20 }, { answers: 1000, errors: 0 }), true)
  assert.equal(failsMore({ answers: 1000, errors: 200 }, { answers: 1000, errors: 200 }), false)
  assert.equal(failsMore({ answers: 1000, errors: 8 }, { answers: 1000, errors: 0 }), false)
  assert.equal(failsMore({ answers: 4, errors: 4 }, { answers: 0, errors: 0 }), false)
  assert.equal(failsMore({ answers: 0, errors: 0 }, { answers: 0, errors: 0 }), false)
})
