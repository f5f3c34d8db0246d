/** The variables that the command reads from its environment, besides those of Docker. */
export const variables = {
  SWARM_API_TOKEN: 'The token for the API of `--api`.',
  SWARM_ENV: 'The environment, where `--env` names none.',
  SWARM_BALANCER_IMAGE:
    'The image of the balancers that the kit adds, where the app names none: `haproxy` of Docker Hub.',
  SWARM_NODE_IMAGE:
    'The image of jobs that ask every node something; it needs a shell and the Docker CLI. `docker` of Docker Hub.',
  SWARM_NODE_SOCKET:
    'Where the socket of the engine is on the nodes, where it is not /var/run/docker.sock. `{{.Node.Hostname}}` may be in it.',
  SWARM_NODE_HOSTS:
    'How `swarm exec` reaches the engines of other nodes: `ssh://ops@{hostname}`, or `name=host` for each with commas between.',
} as const
