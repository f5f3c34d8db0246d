import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { answers } from '../engine.ts'
import type { Layout, Machine } from './layout.ts'
import { powerFile, processOf } from './power-off.ts'

// A network namespace is entered with nsenter, as `ip netns exec` would hide the cgroups. With process numbers and
// mounts of its own, one signal ends all of a node at once, and nothing stays mounted. The shell is the parent of orphans.
const ENTER = ['--mount', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc']
const BOOT = 'hostname "$0"; mount --make-rprivate /; mount -t tmpfs tmpfs /run; "$@" & wait'
const START_SECONDS = 60

/** Switches a node on, and waits until its engine answers. */
export async function powerOn({ registry }: Layout, machine: Machine): Promise<void> {
  if (processOf(machine) !== undefined) return
  const { folder, namespace, name, socket, cgroup } = machine
  mkdirSync(folder, { recursive: true })
  for (const stale of ['pid', 'docker.sock']) rmSync(join(folder, stale), { force: true })
  const engine = [
    'dockerd',
    ...['--host', `unix://${socket}`, '--pidfile', join(folder, 'pid'), '--cgroup-parent', cgroup],
    ...['--data-root', join(folder, 'data'), '--exec-root', `/run/docker-${name}`],
    ...['--insecure-registry', registry.address],
  ]
  const log = openSync(logOf(machine), 'a')
  const args = [`--net=/run/netns/${namespace}`, 'unshare', ...ENTER, 'sh', '-c', BOOT, name, ...engine]
  const child = spawn('nsenter', args, { detached: true, stdio: ['ignore', log, log] })
  child.unref()
  closeSync(log)
  writeFileSync(powerFile(machine), String(child.pid))
  for (const end = Date.now() + START_SECONDS * 1000; Date.now() < end; await sleep(100)) {
    if (await answers(socket)) return
  }
  throw new Error(`${name} does not answer: read ${logOf(machine)}`)
}

const logOf = ({ folder }: Machine): string => join(folder, 'log')
