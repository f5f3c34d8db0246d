import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
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

test('the script of a node is one that a POSIX shell reads', () => {
  assert.equal(spawnSync('sh', ['-n'], { input: reportScript }).status, 0)
})
