import type { Asked } from '../cli/asked.ts'
import { askedApp } from '../cli/asked-app.ts'
import { environments } from '../cli/asked-environment.ts'
import { candidates } from '../cli/candidates.ts'
import type { Context } from '../cli/context.ts'
import { usage } from '../cli/parse.ts'
import type { Act } from '../cli/verb.ts'
import { verbs } from './index.ts'

const scripts: Readonly<Record<string, string>> = {
  bash: `_swarm() {
  local IFS=$'\\n'
  local found="$(swarm completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)"
  COMPREPLY=($(compgen -W "$found" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _swarm swarm
`,
  zsh: `#compdef swarm
_swarm() {
  local -a found
  found=("\${(@f)$(swarm completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found
}
compdef _swarm swarm
`,
  fish: `complete -c swarm -f -a '(swarm completion words -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
}

export const completion: Act = async (asked, context) => {
  const [shell = ''] = asked.words
  if (shell === 'words') {
    context.terminal.say(
      candidates(asked.command, verbs, namesFor(asked, context))
        .map((word) => `${word}\n`)
        .join(''),
    )
    return 0
  }
  const script = scripts[shell]
  if (script === undefined) throw usage(`There is no completion for "${shell}": bash, zsh and fish have one.`)
  context.terminal.say(script)
  return 0
}

function namesFor(asked: Asked, context: Context) {
  const silent = { ...context, terminal: { ...context.terminal, say() {}, complain() {} } }
  return {
    environments: () => environments(context.directory),
    components(): string[] {
      const [environment] = environments(context.directory)
      try {
        const { app } = askedApp(asked, silent, environment)
        return app.services.flatMap(({ name, components }) => [
          name,
          ...components.map((one) => one.fullName),
        ])
      } catch {
        return []
      }
    },
  }
}
