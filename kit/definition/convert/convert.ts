import { assemble } from '../build/assemble.ts'
import { fromSecond } from '../build/from-second.ts'
import { type Fault, Findings, inOrder } from '../fault.ts'
import type { JsonNode } from '../json/nodes.ts'
import { parseJson } from '../json/parse.ts'
import { Source } from '../json/source.ts'
import { At } from '../keys/at.ts'
import type { TextFile } from '../variables/read-variables.ts'
import { Scope } from '../variables/scope.ts'
import { substitute } from '../variables/substitute.ts'
import { convertComponent } from './component.ts'
import { branchesOf, get, getText, hasImage } from './tree.ts'
import { type Members, print, toValue, type Value } from './value.ts'

export interface Converted {
  /** The first format; nothing where there are faults. */
  readonly text?: string
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
}

/** Rewrites the second format as the first; variables stay variables. */
export function convert(file: TextFile, folder: string): Converted {
  const findings = new Findings()
  const source = new Source(file.file, file.text)
  const root = parseJson(source, findings)
  const pods = root === undefined ? new Map<string, string>() : check(root, source, folder, findings)
  // A variable has its value only where the app runs.
  const faults = inOrder(findings.faults.filter(({ kind }) => kind !== 'undefined-variable'))
  const warnings = inOrder(findings.warnings)
  if (root === undefined || faults.length > 0) return { faults, warnings }
  return { text: `${print(rewrite(root, folder, pods))}\n`, faults, warnings }
}

/** Finds faults as reading would, and the pod of each component. */
function check(root: JsonNode, source: Source, folder: string, findings: Findings): Map<string, string> {
  const at = new At(source, findings, '')
  if (get(root, 'services') ?? get(root, 'app_name')) {
    at.fault('conflict', root, 'it is in the first format already')
    return new Map()
  }
  const drafts = fromSecond(substitute(root, new Scope(''), source, findings), at, folder)
  if (drafts === undefined) return new Map()
  assemble(drafts, findings)
  return new Map(
    drafts.drafts.flatMap(({ key, service, pod = '' }) => (pod === '' ? [] : [[key, podFor(pod, service)]])),
  )
}

function rewrite(root: JsonNode, folder: string, pods: ReadonlyMap<string, string>): Members {
  const branches = branchesOf(root)
  const services = Map.groupBy(branches.filter(hasImage), ({ service }) => service)
  const list = [...services].map(
    ([service, members]): Value =>
      new Map<string, Value>([
        ['service_name', service],
        ['components', members.map((branch) => convertComponent(branch, branches, pods.get(branch.key)))],
      ]),
  )
  const balancer = get(root, 'balancer')
  return new Map<string, Value>([
    ['app_name', getText(root, 'name') ?? folder],
    ['services', list],
    ...(balancer ? [['balancer', toValue(balancer)] as const] : []),
  ])
}

const podFor = (pod: string, service: string): string =>
  pod.startsWith(`${service}/`) ? pod.slice(service.length + 1) : pod
