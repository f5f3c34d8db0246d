import { parseArgs } from 'node:util'
import { prepareLab } from '../prepare.ts'
import { build } from './cluster.ts'
import { layoutOf } from './layout.ts'
import { own, ownerOf } from './owner.ts'
import { clusterDown } from './remove.ts'

const USAGE = `npm run cluster -- up | down | env [--number N]

A Docker Swarm of three nodes on this machine, to try things on. It needs root on Debian.
  up      starts it
  down    ends it, with all it kept
  env     prints what a shell needs: eval "$(npm run --silent cluster -- env)"
Tests have number 1; without --number yours has 2.`

const say = (line: string): void => console.log(line)

async function main(): Promise<number> {
  const options = { number: { type: 'string', default: '2' } } as const
  const { positionals, values } = parseArgs({ options, allowPositionals: true })
  const layout = layoutOf(Number(values.number))
  const [verb] = positionals
  if (!(layout.number >= 1 && layout.number <= 99)) return refuse('--number is a whole number from 1 to 99')
  if (verb === 'down') await clusterDown(layout)
  else if (verb === 'env') return env(layout)
  else if (verb !== 'up') return refuse(USAGE)
  else {
    const { docker, machine } = await prepareLab(say)
    if (docker ?? machine) return refuse(`this machine cannot run it: ${docker ?? machine}`)
    await build(layout)
    own(layout, 'by hand')
    return env(layout)
  }
  return 0
}

function env(layout: ReturnType<typeof layoutOf>): number {
  if (ownerOf(layout) === undefined) return refuse('it is not up: npm run cluster -- up')
  const [first] = layout.machines
  say(`export DOCKER_HOST=${first?.host}`)
  say(`export REGISTRY=${layout.registry.address}`)
  say(`# Pushed from this machine, images go to 127.0.0.1:${layout.registry.port}.`)
  for (const { name, address, host } of layout.machines) say(`# ${name}: ${address}, docker --host ${host}`)
  return 0
}

function refuse(why: string): number {
  console.error(why)
  return 2
}

process.exitCode = await main()
