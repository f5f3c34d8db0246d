import type { SshKey } from './ssh-key.ts'

export interface Place {
  readonly user: string
  readonly host: string
}

/** What CI must be given, and what a manager of the swarm must be told. */
export interface DeployKey {
  readonly dockerHost: string
  /** For `authorized_keys` of the user. */
  readonly authorized: string
  readonly privateKey: string
}

/** With it an SSH client gets Docker's API of the machine, and neither a shell nor a tunnel. */
const RESTRICTED = 'restrict,command="docker system dial-stdio"'

export const deployKey = ({ user, host }: Place, { publicLine, privateFile }: SshKey): DeployKey => ({
  dockerHost: `ssh://${user}@${host}`,
  authorized: `${RESTRICTED} ${publicLine}`,
  privateKey: privateFile,
})

/** The same as a runbook. */
export const instructions = (
  { user, host }: Place,
  { dockerHost, authorized, privateKey }: DeployKey,
): string => `\
# On ${host}, a manager of the swarm, as root. The user ${user} may speak to Docker, and the key is good for nothing else.
adduser --disabled-password --gecos '' ${user}
usermod --append --groups docker ${user}
install --directory --mode 700 --owner ${user} --group ${user} /home/${user}/.ssh
echo '${authorized}' >>/home/${user}/.ssh/authorized_keys

# To CI, as variables of its environment:
DOCKER_HOST=${dockerHost}
KNOWN_HOSTS=what \`ssh-keyscan -t ed25519 ${host}\` prints; compare it with /etc/ssh/ssh_host_ed25519_key.pub there

# To CI, as a secret of its environment, with the name DEPLOY_KEY. It is kept nowhere else, and who has it is root on every node.
${privateKey}`
