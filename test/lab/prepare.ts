import { installPackages } from './apt.ts'
import { browserPath } from './browser.ts'
import { run, succeeds } from './command.ts'
import { answers, startEngine } from './engine.ts'
import { prepareImages } from './images.ts'
import { removeLeftovers } from './leftovers.ts'
import { exclusively } from './lock.ts'
import { notOurs } from './machine.ts'

const DOCKER = ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx', 'containerd', 'iptables']
const TOOLS = ['debootstrap', 'iproute2', 'chromium', 'openssl', 'wrk']

/** What a test can need, and why this machine lacks it. */
export interface Lab {
  docker?: string
  browser?: string
  machine?: string
  cluster?: string
}

/** Brings up what this machine lacks, as far as it can; says in a line each what takes time. */
export function prepareLab(say: (line: string) => void): Promise<Lab> {
  return exclusively('dogfood-lab', async () => {
    const machine = notOurs()
    const packages = machine === undefined ? await reasonOf(() => preparePackages(say)) : undefined
    return {
      docker: packages ?? (await reasonOf(() => prepareDocker(machine, say))),
      browser: packages ?? (await reasonOf(browserPath)),
      machine: packages ?? machine,
      cluster: packages ?? machine,
    }
  })
}

async function preparePackages(say: (line: string) => void): Promise<void> {
  const docker = (await dockerWorks()) ? [] : DOCKER
  await installPackages([...docker, ...TOOLS], (missing) => say(`lab: installing ${missing.join(', ')}`))
}

const dockerWorks = async (): Promise<boolean> =>
  (await answers()) &&
  (await succeeds('docker', ['compose', 'version'])) &&
  succeeds('docker', ['buildx', 'version'])

async function prepareDocker(machine: string | undefined, say: (line: string) => void): Promise<void> {
  if (machine === undefined && !(await answers())) {
    say('lab: starting the Docker daemon')
    await startEngine()
  }
  if (!(await answers()))
    throw new Error(`no Docker daemon answers, and ${machine}: install Docker and start it`)
  await run('docker', ['compose', 'version'])
  await removeLeftovers()
  await prepareImages(say)
}

const reasonOf = (work: () => unknown): Promise<string | undefined> =>
  Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (error: Error) => error.message,
    )
