import type { Asked } from '../cli/asked.ts'
import { askedApp } from '../cli/asked-app.ts'
import type { Context } from '../cli/context.ts'
import { namedComponent } from '../cli/named-components.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { attach } from '../docker.ts'
import { chooseInstance } from '../exec/choose-instance.ts'
import { hostOf } from '../exec/node-hosts.ts'
import { Failure } from '../failure.ts'
import { shellLine } from '../shell-line.ts'
import { askLine } from '../swarm/ask.ts'
import { execInside, ownNode } from '../swarm/commands.ts'
import { readNodes, type SwarmNode } from '../swarm/nodes.ts'
import { readServices } from '../swarm/services.ts'
import { readTasks } from '../swarm/tasks.ts'

export const exec: Act = async (asked, context) => {
  const { app, environment } = askedApp(asked, context)
  const stack = stackName(app.name, environment)
  const [services, tasks, nodes, here] = await Promise.all([
    readServices(stack),
    readTasks(stack),
    readNodes(),
    askLine(ownNode()),
  ])
  const components = services.filter(({ kind }) => kind === 'component' || kind === '')
  const name = namedComponent(
    asked.words[0] ?? '',
    components.map(({ component }) => component),
  )
  const service = components.find(({ component }) => component === name)
  if (service === undefined)
    throw new Failure('not found', `${name} does not run.`, '`swarm status` says why.')
  const task = chooseInstance(service, tasks, asked.text('instance'))
  const inside = execInside(task.container, commandOf(asked), wanted(asked, context))
  if (task.node === here) return attach(inside)
  const node = nodes.find(({ id }) => id === task.node)
  const host = node && hostOf(node, context.env.SWARM_NODE_HOSTS)
  if (host !== undefined) return attach({ args: ['--host', host, ...inside.args] })
  throw elsewhere(name, node, shellLine(inside))
}

const commandOf = ({ command }: Asked): readonly string[] => (command.length > 0 ? command : ['sh'])

function wanted(asked: Asked, { terminal, input }: Context) {
  const user = asked.text('user')
  const hasTerminal = terminal.isTerminal && input.isTerminal
  return { tty: asked.flag('tty') || hasTerminal, ...(user !== undefined && { user }) }
}

const elsewhere = (component: string, node: SwarmNode | undefined, line: string): Failure =>
  new Failure(
    'unreachable',
    `${component} runs on ${node?.hostname ?? 'a node that is gone'}, and the engine that is asked is another one. Type on that node:`,
    'Or say how nodes are reached, as in SWARM_NODE_HOSTS=ssh://ops@{hostname}, and run the command again.',
    [line.trim()],
  )
