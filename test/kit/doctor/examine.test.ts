import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registryOf, repositoryOf } from '../../../kit/doctor/check-registries.ts'
import { examine } from '../../../kit/doctor/examine.ts'
import { type CheckName, checks, type Finding } from '../../../kit/doctor/finding.ts'
import type { Observed } from '../../../kit/doctor/observed.ts'
import { printFindings } from '../../../kit/doctor/print-findings.ts'
import { appStatus } from '../../../kit/status/app-status.ts'
import type { NodeAnswer } from '../../../kit/swarm/on-every-node.ts'
import { nodes, recordedAt, services, tasks } from '../swarm/recorded.ts'
import { bad } from './bad-cases.ts'
import { others, report, stack, well } from './well.ts'

const find = (check: CheckName, over: Partial<Observed>): Finding[] =>
  examine({ ...well, ...over }).filter((finding) => finding.check === check)
const only = (check: CheckName, over: Partial<Observed>): Finding => {
  const found = find(check, over)
  assert.equal(found.length, 1, JSON.stringify(found))
  return found[0] as Finding
}

test('a swarm without faults has only good findings, of everything that is looked at', () => {
  const findings = examine(well)
  assert.deepEqual(
    findings.filter(({ level }) => level !== 'good'),
    [],
  )
  assert.deepEqual([...new Set(findings.map(({ check }) => check))].sort(), Object.keys(checks).sort())
})

for (const [what, check, over, level, said, fix] of bad) {
  test(`${what} is a finding of its kind, with what mends it`, () => {
    const found = find(check, over).filter((finding) => finding.level !== 'good')
    const [finding] = found
    assert.ok(found.length >= 1, 'nothing was found')
    assert.equal(finding?.level, level)
    assert.match(finding?.what ?? '', said)
    assert.match(finding?.fix ?? '', fix)
  })
}

test('nothing is said to be good on every node while one of them could not be asked', () => {
  const unasked = { answer: { node: nodes[0], output: '', fault: 'No such image' } as NodeAnswer }
  const said = (reports: Observed['reports']) =>
    examine({ ...well, reports }).flatMap(({ level, check }) => (level === 'good' ? [check] : []))
  const ofNodes = ['disk', 'clocks', 'ports', 'registries', 'privileges', 'ipvs'] as const
  assert.deepEqual(
    ofNodes.filter((check) => said([unasked, ...others]).includes(check)),
    [],
  )
  assert.ok(said([unasked, ...others]).includes('quorum'))
  assert.deepEqual(
    ofNodes.filter((check) => !said([report(0), ...others]).includes(check)),
    [],
  )
})

test('every instance that fails is a finding', () => {
  const status = appStatus({ stack, services, tasks, nodes, releases: [], now: recordedAt })
  const found = find('tasks', { status })
  assert.deepEqual(
    found.map(({ level }) => level),
    ['error', 'error', 'error'],
  )
  assert.match(found[0]?.what ?? '', /^site\/worker\.1 on node\d: it ended with exit code 3\.$/)
  assert.match(found[0]?.fix ?? '', /swarm logs site\/worker/)
})

test('a pull on every node proves the login, or names the nodes that cannot', () => {
  const answer = (index: number, fault?: string) =>
    ({ node: nodes[index], output: '', ...(fault && { fault }) }) as NodeAnswer
  const reports = [report(0, { pulls: new Map([['registry.example.com/a', 'denied: requested access']]) })]
  const proven = find('registries', {
    reports,
    pulled: new Map([['registry.example.com', [answer(0), answer(1)]]]),
  })
  assert.deepEqual(
    proven.map(({ level }) => level),
    ['good', 'good'],
  )
  const failed = [answer(0), answer(1, 'No such image: registry.example.com/a:1')]
  const found = find('registries', { reports, pulled: new Map([['registry.example.com', failed]]) })
  assert.match(found[0]?.what ?? '', /node2 cannot pull from registry\.example\.com/)
})

test('findings are told with the worst first, and how many have to be mended', () => {
  const text = printFindings(
    examine({ ...well, client: '20.10.1', reports: [report(0, { hasIpvs: false }), ...others] }),
  )
  assert.match(text, /^error {4}versions {4}The Docker CLI here is 20\.10\.1.*\n {21}Install/)
  assert.match(text, /\n\n1 finding to be mended\.\n$/)
  assert.match(printFindings(examine(well)), /Nothing has to be mended\.\n$/)
})

test('the registry of an image is its host, or that of Docker', () => {
  assert.deepEqual(['redis', 'shop/web', 'localhost/a', 'a.b/c', 'h:5000/c'].map(registryOf), [
    'docker.io',
    'docker.io',
    'localhost',
    'a.b',
    'h:5000',
  ])
  assert.deepEqual(['h:5000/c:1@sha256:ab', 'redis', 'h:5000/c'].map(repositoryOf), [
    'h:5000/c',
    'redis',
    'h:5000/c',
  ])
})

test('one finding is enough for one fault', () => {
  assert.equal(only('versions', { client: '24.0.7' }).level, 'error')
})
