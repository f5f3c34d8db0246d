import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseReport, reportScript } from '../../../kit/doctor/node-report.ts'

const output = `== security
["name=seccomp,profile=builtin","name=no-new-privileges"]
== live-restore
false
== disk
overlay            254997504 197132288  46687488  81% /
== listening
00000000:1F90
0100007F:8AE3
00000000000000000000000000000000:0050
== published
web 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp
worker
== ipvs
no
== pull registry.example.com/web
Error response from daemon: manifest unknown
`

test('what a node says of itself is read', () => {
  const report = parseReport({ output })
  assert.deepEqual(report, {
    securityOptions: ['name=seccomp,profile=builtin', 'name=no-new-privileges'],
    liveRestore: false,
    diskBytes: 254997504 * 1024,
    diskFreeBytes: 46687488 * 1024,
    listening: new Set([8080, 35555, 80]),
    published: new Map([[8080, 'web']]),
    hasIpvs: false,
    pulls: new Map([['registry.example.com/web', 'Error response from daemon: manifest unknown']]),
  })
})

test('an engine without security options says null, which is none', () => {
  const none = output.replace(/^\[.*\]$/m, 'null')
  assert.deepEqual(parseReport({ output: none }).securityOptions, [])
})

test('a node whose engine does not answer reports nothing, and fails with the reason', () => {
  const PATH = mkdtempSync(join(tmpdir(), 'node-report-'))
  writeFileSync(join(PATH, 'docker'), '#!/bin/sh\necho Client; echo permission denied >&2; exit 1\n', {
    mode: 0o755,
  })
  const { status, stdout } = spawnSync('/bin/sh', ['-c', reportScript], { env: { PATH }, encoding: 'utf8' })
  rmSync(PATH, { recursive: true })
  assert.deepEqual([status, stdout], [1, 'permission denied\n'])
})

test('the script of a node is one that a POSIX shell reads', () => {
  assert.equal(spawnSync('sh', ['-n'], { input: reportScript }).status, 0)
})
