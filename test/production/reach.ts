import { docker } from '../lab/docker.ts'

const image = 'node:26.10.0-slim'
const patience = 1500

/** Where somebody listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

const run = (id: string, script: string, input: unknown): Promise<string> =>
  docker('run', '--rm', '--network', `container:${id}`, image, 'node', '-e', script, JSON.stringify(input))

// Lines of /proc/net/tcp: local address, and 0A for one that listens; hexadecimal, the address backwards.
const listening = `
  const { readFileSync, existsSync } = require('node:fs')
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].filter(existsSync).flatMap((file) => readFileSync(file, 'utf8').split('\\n'))
  const open = lines.map((line) => line.trim().split(/\\s+/)).filter((fields) => fields[3] === '0A').map((fields) => fields[1].split(':'))
  const ports = open.filter(([host]) => !/^(?:[0-9A-F]{6}7F|0{24}01000000)$/.test(host)).map(([, port]) => parseInt(port, 16))
  console.log(JSON.stringify([...new Set(ports)].sort((a, b) => a - b)))`

/** The ports at which a container listens for others. */
export async function openPorts(id: string): Promise<number[]> {
  return JSON.parse(await run(id, listening, null))
}

const connecting = `
  const { connect } = require('node:net')
  const tries = JSON.parse(process.argv[1]).map(({ host, port }) => new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ${patience} })
    const end = (reached) => { socket.destroy(); resolve(reached) }
    socket.on('connect', () => end(true)).on('timeout', () => end(false)).on('error', () => end(false))
  }))
  Promise.all(tries).then((all) => console.log(JSON.stringify(all)))`

/** To which of the addresses a connection can be made out of a container. */
export async function reached(id: string, addresses: readonly Address[]): Promise<Address[]> {
  const answers: boolean[] = JSON.parse(await run(id, connecting, addresses))
  return addresses.filter((_, at) => answers[at])
}
