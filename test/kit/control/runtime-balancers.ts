import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { STEERING_PORT } from '../../../kit/control/balancer-socket.ts'

/**
 * How a balancer of a simulation behaves: it answers after so many milliseconds, or takes connections and says nothing;
 * one without a canary answers at once, and has no instance of it.
 */
export type Manner = number | 'silent' | 'without a canary'

/** Balancers that say to the lines of control what HAProxy says, each at an address of its own; at most 250. */
export interface RuntimeBalancers {
  readonly addresses: readonly string[]
  /** Each but the silent ones: its word, and since when it has it by `performance.now()`. */
  readonly living: readonly Held[]
  stop(): Promise<void>
}

export interface Held {
  word: string
  since: number
  /** Of the canary, that are up; three where nothing is said. */
  readonly instances?: number
}

export const startRuntimeBalancers = async (manners: readonly Manner[]): Promise<RuntimeBalancers> => {
  const started = await Promise.all(manners.map((manner, index) => startOne(addressOf(index), manner)))
  return {
    addresses: manners.map((_, index) => addressOf(index)),
    living: started.flatMap(({ held }, index) => (manners[index] === 'silent' ? [] : [held])),
    async stop() {
      await Promise.all(started.map(({ stop }) => stop()))
    },
  }
}

/** Test files run side by side, and each balancer has the same port. */
const addressOf = (index: number): string => {
  const [high, low] = [Math.floor(process.pid / 250) % 250, process.pid % 250]
  return `127.${high + 1}.${low}.${index + 1}`
}

async function startOne(address: string, manner: Manner) {
  const held: Held = { word: 'none', since: 0, ...(manner === 'without a canary' && { instances: 0 }) }
  const sockets = new Set<Socket>()
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)))
    if (manner !== 'silent')
      socket.once('data', (line) => void answer(socket, `${line}`, Number(manner) || 0, held))
  }).listen(STEERING_PORT, address)
  await once(server, 'listening')
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return { held, stop }
}

async function answer(socket: Socket, line: string, milliseconds: number, held: Held): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds)
  const commands = line.trim().split(';')
  socket.end(commands.map((command) => `${said(command, held)}\n`).join(''))
}

const COLUMNS = '# pxname,svname,qcur,scur,status,chkfail,chkdown,addr,'
const SERVERS = 20

/** What HAProxy says to a command, as far as control reads it; a test of the real one compares them. */
export function said(command: string, held: Held): string {
  const [verb, kind, subject, , value] = command.split(' ')
  if (verb === 'set' && kind === 'map' && value !== undefined) {
    held.word = value
    held.since = performance.now()
    return ''
  }
  if (kind === 'map') return `0x7f3c5c02b6f0 split ${held.word}\n`
  if (kind === 'table') return [`# table: ${subject}, type: string, size:2, used:2`, ...rows(), ''].join('\n')
  const up = subject === 'canary' ? (held.instances ?? 3) : 3
  const servers = Array.from({ length: SERVERS }, (_, at) => serverRow(`${subject}`, at + 1, up))
  return [COLUMNS, ...servers, ''].join('\n')
}

const counts = Array.from({ length: 41 }, (_, index) => `gpc${index}=${1000 * (index + 1)}`).join(' ')
const rows = () =>
  ['canary', 'old'].map((side) => `0x55d0f4a9c2a0: key=${side} use=0 exp=0 shard=0 ${counts}`)

const serverRow = (backend: string, slot: number, up: number): string =>
  slot <= up
    ? `${backend},web${slot},0,0,UP,0,0,10.0.1.${slot}:8000,`
    : `${backend},web${slot},0,0,MAINT (resolution),0,0,,`
