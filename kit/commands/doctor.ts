import { askedApp } from '../cli/asked-app.ts'
import { printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { examine } from '../doctor/examine.ts'
import { observe } from '../doctor/observe.ts'
import { printFindings } from '../doctor/print-findings.ts'

/** Exit code 1 where there is an error; warnings are none. */
export const doctor: Act = async (asked, context) => {
  const { app, environment } = askedApp(asked, context)
  const components = app.services.flatMap((service) => service.components)
  const findings = examine(
    await observe({
      stack: stackName(app.name, environment),
      images: [...new Set(components.map(({ image }) => image))],
      ports: [...new Set(components.flatMap(({ domains }) => domains.map(({ published }) => published)))],
      pull: asked.flag('pull'),
      now: context.now(),
    }),
  )
  if (asked.flag('json')) printJson(findings, context)
  else context.terminal.say(printFindings(findings))
  return findings.some(({ level }) => level === 'error') ? 1 : 0
}
