import type { CommandError } from '../command-error.ts'

const known: readonly (readonly [RegExp, string])[] = [
  [/ENOENT/, 'Install the Docker CLI, version 26 or newer: https://docs.docker.com/engine/install/'],
  [
    /Cannot connect to the Docker daemon|connection refused|no such host|error during connect/i,
    'No engine answers there. Say which one to use with DOCKER_HOST or `docker context use NAME`, and start it.',
  ],
  [
    /permission denied.*docker/i,
    'This user may not talk to the engine: add them to the group docker, or use an engine over ssh (DOCKER_HOST=ssh://…).',
  ],
  [
    /not a swarm manager/i,
    'Talk to a manager of the swarm (DOCKER_HOST, or a docker context), or make this engine one: `docker swarm init`.',
  ],
  [
    /does not have a leader/i,
    'Half of the managers or more are away: nothing can be changed, and what runs goes on. Bring one back; if they are lost for good, `docker swarm init --force-new-cluster` on one that is left makes it the only one.',
  ],
]

/** What an operator can do when docker says this. */
export function adviceFor(error: CommandError): string {
  const text = [error.message, ...error.lines].join('\n')
  return known.find(([said]) => said.test(text))?.[1] ?? ''
}
