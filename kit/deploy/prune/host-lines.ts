import type { NodeAnswer } from '../../swarm/on-every-node.ts'

/** What to tell of one node. */
export function hostLines({ node, output, fault }: NodeAnswer): string {
  if (fault !== undefined) return `${node.hostname}: not done, ${fault}\n`
  const lines = output.split('\n').filter((line) => line.startsWith('removed ') || line.startsWith('in use '))
  if (lines.length === 0) return `${node.hostname}: no image is needless\n`
  return `${node.hostname}:\n${lines.map((line) => `  ${line}\n`).join('')}`
}
