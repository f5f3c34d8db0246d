import { docker, startContainer } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'
import type { ProductionStack } from '../production/stack.ts'

/** What slowhttptest says in the end. */
export interface SlowResult {
  /** Connections that nginx has left open. */
  readonly open: number
  /** Whether a connection of the tool itself was answered within 10 seconds, each time it looked. */
  readonly available: boolean
  readonly status: string
}

/** Runs a tool beside nginx, from an address of its own; everything it printed. */
export async function attack(stack: ProductionStack, ...command: string[]): Promise<string> {
  const network = ['--network', `${stack.project}_webapp`]
  const attacker = await startContainer({ image: await toolsImage(), options: network, args: command })
  try {
    await docker('wait', attacker.id)
    return await docker('logs', attacker.id)
  } finally {
    await attacker.remove()
  }
}

/** Opens 1,000 slow connections within ten seconds, and slows them down for `seconds`. */
export async function slowAttack(
  stack: ProductionStack,
  seconds: number,
  ...mode: string[]
): Promise<SlowResult> {
  const args = ['-c', '1000', '-r', '100', '-l', String(seconds), '-p', '10', ...mode]
  const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*[A-Za-z]`, 'g')
  const said = (await attack(stack, 'slowhttptest', ...args)).replace(colours, '')
  const last = (pattern: RegExp): string => [...said.matchAll(pattern)].at(-1)?.[1] ?? ''
  return {
    open: Number(last(/connected:\s+(\d+)/g)),
    available: !/service available:\s+NO/.test(said) && /service available:\s+YES/.test(said),
    status: last(/Exit status: (.*)/g),
  }
}
