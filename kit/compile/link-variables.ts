import type { Component, Link, OutsideLink } from '../definition/model.ts'

type Variable = readonly [name: string, value: string]

/** What Docker's links told a container of another, with names for addresses. */
export function linkVariables(
  { name, links, outsideLinks }: Component,
  find: (fullName: string) => Component | undefined,
): Variable[] {
  const all = [...links, ...outsideLinks]
  return [...Map.groupBy(all, ({ alias }) => alias)].flatMap(([alias, same]) => {
    const prefix = variableName(alias)
    const [lowest] = [...same].sort((a, b) => a.port - b.port)
    return [
      [`${prefix}_NAME`, `/${name}/${alias}`] as const,
      ...(lowest ? [[`${prefix}_PORT`, urlOf(lowest)] as const] : []),
      ...same.flatMap((link) => ofPort(prefix, link)),
      ...same.flatMap((link) => ofTarget(prefix, link, find)),
    ]
  })
}

const variableName = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9_]/g, '_')

const urlOf = ({ protocol, alias, port }: Link | OutsideLink): string => `${protocol}://${alias}:${port}`

function ofPort(prefix: string, link: Link | OutsideLink): Variable[] {
  const { port, protocol, alias } = link
  const name = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`
  return [
    [name, urlOf(link)],
    [`${name}_ADDR`, alias],
    [`${name}_PORT`, String(port)],
    [`${name}_PROTO`, protocol],
  ]
}

/** Images of 2014 expect them: Wordpress read the password of MySQL in MYSQL_ENV_MYSQL_ROOT_PASSWORD. */
function ofTarget(
  prefix: string,
  link: Link | OutsideLink,
  find: (fullName: string) => Component | undefined,
): Variable[] {
  if (!('component' in link) || !link.env) return []
  return (find(link.component)?.env ?? []).map(({ name, value }) => [`${prefix}_ENV_${name}`, value])
}
