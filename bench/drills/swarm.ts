import { spawnSync } from 'node:child_process'
import { succeeds } from '../../test/lab/command.ts'
import { docker, MARK } from '../../test/lab/docker.ts'
import { exclusively } from '../../test/lab/lock.ts'
import { until } from '../../test/until.ts'
import { CannotRunHere } from '../benchmark.ts'
import { needDocker } from './need-docker.ts'

const bridge = 'docker_gwbridge'
const leave = ['swarm', 'leave', '--force']

/** Runs the work on a Swarm of this machine alone, with a network for it. Nothing of either is left afterwards. */
export async function onSwarm<T>(work: (network: string) => Promise<T>): Promise<T> {
  await needDocker()
  return exclusively('dogfood-swarm', async () => {
    const state = await docker('info', '--format', '{{.Swarm.LocalNodeState}}')
    if (state !== 'inactive') {
      throw new CannotRunHere(
        `this machine is in a Swarm already (${state}), and a drill makes and ends one of its own. ` +
          'If an interrupted drill left it: docker swarm leave --force',
      )
    }
    const hadBridge = await succeeds('docker', ['network', 'inspect', bridge])
    const atExit = () => spawnSync('docker', leave)
    const interrupted = () => process.exit(1)
    process.once('exit', atExit).once('SIGINT', interrupted).once('SIGTERM', interrupted)
    try {
      await docker('swarm', 'init', '--advertise-addr', '127.0.0.1', '--listen-addr', '127.0.0.1:2377')
      return await work(await createNetwork())
    } finally {
      await removeServices()
      await docker(...leave)
      if (!hadBridge) await succeeds('docker', ['network', 'rm', bridge])
      process.off('exit', atExit).off('SIGINT', interrupted).off('SIGTERM', interrupted)
    }
  })
}

/** The behaviour of Swarm is that of this Docker. */
export const dockerVersion = async () => ({
  docker: await docker('version', '--format', '{{.Server.Version}}'),
})

async function createNetwork(): Promise<string> {
  const network = `${MARK}-${process.pid}-swarm`
  await docker('network', 'create', '--driver', 'overlay', '--attachable', network)
  return network
}

/** A Swarm that is left while its services run would leave their containers behind. */
async function removeServices(): Promise<void> {
  const services = (await docker('service', 'ls', '--quiet')).split('\n').filter(Boolean)
  if (services.length > 0) await docker('service', 'rm', ...services)
  const tasks = ['ps', '--all', '--quiet', '--filter', 'label=com.docker.swarm.task.id']
  await until(async () => (await docker(...tasks)) === '', 'the containers of the services to end', 30)
}
