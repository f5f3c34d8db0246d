import type { NodeAnswer } from '../../swarm/on-every-node.ts'

/** What to tell of one node. */
export function hostLines({ node, output, fault }: NodeAnswer): string {
  const lines = output.split('\n').filter((line) => line.startsWith('removed ') || line.startsWith('in use '))
  const told = lines.map((line) => `  ${line}\n`).join('')
  if (fault !== undefined) return `${node.hostname}: not done${told && ' to the end'}, ${fault}\n${told}`
  return told === '' ? `${node.hostname}: no image is needless\n` : `${node.hostname}:\n${told}`
}
