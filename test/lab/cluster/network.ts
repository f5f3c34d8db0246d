import { run, succeeds } from '../command.ts'
import type { Layout, Machine } from './layout.ts'

const ip = (...args: string[]): Promise<string> => run('ip', args)

/** A bridge that the machine has an address on; the nodes are plugged into it. */
export async function makeBridge({ bridge, outside }: Layout): Promise<void> {
  if (!(await succeeds('ip', ['link', 'show', bridge]))) {
    await ip('link', 'add', bridge, 'type', 'bridge')
    await ip('address', 'add', `${outside}/24`, 'dev', bridge)
  }
  await ip('link', 'set', bridge, 'up')
  // Docker lets nothing pass the machine that is not its own, and frames between ports of a bridge count as passing.
  for (const rule of passing(bridge)) if (!(await iptables('--check', rule))) await iptables('--insert', rule)
}

export async function removeBridge({ bridge }: Layout): Promise<void> {
  for (const rule of passing(bridge)) await iptables('--delete', rule)
  await succeeds('ip', ['link', 'delete', bridge])
}

const passing = (bridge: string): string[][] =>
  ['--in-interface', '--out-interface'].map((way) => [way, bridge, '--jump', 'ACCEPT'])

const iptables = (verb: string, rule: readonly string[]): Promise<boolean> =>
  succeeds('iptables', ['--wait', verb, 'DOCKER-USER', ...rule])

/** A network of its own for a node, with a cable to the bridge. */
export async function plugIn({ bridge, outside }: Layout, machine: Machine): Promise<void> {
  const { namespace, cable, address } = machine
  const inside = (...args: string[]) => ip('-netns', namespace, ...args)
  await ip('netns', 'add', namespace)
  await ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace)
  await ip('link', 'set', cable, 'master', bridge, 'up')
  await inside('address', 'add', `${address}/24`, 'dev', 'eth0')
  for (const device of ['eth0', 'lo']) await inside('link', 'set', device, 'up')
  await inside('route', 'add', 'default', 'via', outside)
}

export async function unplug({ cable, namespace }: Machine): Promise<void> {
  await succeeds('ip', ['link', 'delete', cable])
  await succeeds('ip', ['netns', 'delete', namespace])
}

/** Pulls the cable of a node, or puts it back. */
export const setCable = async ({ cable }: Machine, state: 'up' | 'down'): Promise<void> =>
  void (await ip('link', 'set', cable, state))
