import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { docker } from '../lab/docker.ts'
import { questions } from './night.ts'

const folder = join(import.meta.dirname, '../../observe')
const place = ['--volume', `${folder}:/observe:ro`, '--workdir', '/observe', '--entrypoint', 'promtool']
const promtool = (...args: string[]): Promise<string> =>
  docker('run', '--rm', ...place, 'prom/prometheus:v3.5.3', ...args)

test('Prometheus accepts its configuration and its rules', async () => {
  assert.match(await promtool('check', 'config', '--lint=all', '--lint-fatal', 'prometheus.yml'), /SUCCESS/)
})

test('each alert fires for what it names, and a site that is well is silent', async () => {
  assert.match(await promtool('test', 'rules', 'rules.test.yml'), /SUCCESS/)
})

test('every alert is tried, and names a question of docs/operating.md', () => {
  const rules = readFileSync(join(folder, 'rules.yml'), 'utf8')
  const cases = readFileSync(join(folder, 'rules.test.yml'), 'utf8')
  const names = [...rules.matchAll(/alert: (\w+)/g)].map(([, name = '']) => name)
  assert.ok(names.length > 10)
  assert.deepEqual(
    names.filter((name) => !cases.includes(`alertname="${name}"`)),
    [],
  )
  const anchors = questions().map(({ title }) => anchorOf(title))
  const looks = [...rules.matchAll(/look: '([\w-]+)'/g)].map(([, anchor = '']) => anchor)
  assert.equal(looks.length, names.length)
  assert.deepEqual(
    looks.filter((anchor) => !anchors.includes(anchor)),
    [],
  )
})

/** As forges make the anchor of a heading. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')
