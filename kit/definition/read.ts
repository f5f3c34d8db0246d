import { assemble } from './build/assemble.ts'
import { fromFirst } from './build/from-first.ts'
import { fromSecond } from './build/from-second.ts'
import { type Fault, Findings, inOrder } from './fault.ts'
import type { JsonNode } from './json/nodes.ts'
import { parseJson } from './json/parse.ts'
import { Source } from './json/source.ts'
import { At } from './keys/at.ts'
import { canonical } from './keys/collections.ts'
import type { App } from './model.ts'
import { findSecrets } from './secrets/find-secrets.ts'
import { readVariables, type TextFile, type VariableSources } from './variables/read-variables.ts'
import { substitute } from './variables/substitute.ts'

export interface DefinitionSources extends VariableSources {
  readonly definition: TextFile
  /** Name of the app where the second format gives none; its folder's, as a rule. */
  readonly folder?: string
  /** Whether what looks like a secret is a fault. */
  readonly strict?: boolean
}

/** Either the app, or everything that is wrong. */
export interface Definition {
  /** Only where there are no faults. */
  readonly app?: App
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
}

/** Reads swarm.json of either format with its variables. All faults are found at once, in the order of the files. */
export function readDefinition(sources: DefinitionSources): Definition {
  const findings = new Findings()
  const app = read(sources, findings)
  const faults = inOrder(findings.faults)
  const warnings = inOrder(findings.warnings)
  return faults.length === 0 && app ? { app, faults, warnings } : { faults, warnings }
}

function read(sources: DefinitionSources, findings: Findings): App | undefined {
  const { definition, environment, folder = 'app', strict = false } = sources
  const scope = readVariables(sources, findings)
  const source = new Source(definition.file, definition.text)
  const written = parseJson(source, findings)
  if (written === undefined) return undefined
  const root = substitute(written, scope, source, findings)
  const at = new At(source, findings, environment)
  const drafts = isSecond(root) ? fromSecond(root, at, folder) : fromFirst(root, at)
  for (const { name, place } of scope.unused())
    if (place)
      findings.warn('unused-variable', place, `nothing uses $${name}: remove it, or check its spelling`)
  if (drafts === undefined) return undefined
  // Deploying nothing would take away all that runs.
  if (drafts.drafts.length === 0 && findings.faults.length === 0)
    at.fault('missing', root, 'it has no component: an app needs one')
  findSecrets(drafts, scope, strict, findings)
  return assemble(drafts, findings)
}

/** The second format has components, and no services. */
function isSecond(root: JsonNode): boolean {
  const keys = root.kind === 'object' ? root.entries.map(({ key }) => canonical(key.text)) : []
  const first = keys.includes('services') || keys.includes('app_name')
  return !first && (keys.includes('components') || keys.includes('nodes') || keys.includes('name'))
}
