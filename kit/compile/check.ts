import type { Component } from '../definition/model.ts'
import type { Plan } from './plan.ts'

/** Addresses of a network that instances can have, at most half of them at a time when all are replaced at once. */
const MOST_INSTANCES = 120
/** Names and values that a Swarm takes in a condition for a node. */
const LABEL_NAME = /^[A-Za-z0-9_.-]+$/
const LABEL_VALUE = /^[A-Za-z0-9:_\s.*()?+[\]\\^$|/-]+$/

/** What can be said in a definition, and not to a Swarm. */
export function checkPlan(plan: Plan): void {
  for (const component of plan.components) {
    checkLabels(plan, component)
    checkOutsideLinks(plan, component)
    const { scale, place } = component
    if (scale.max > MOST_INSTANCES)
      plan.findings.warn(
        'conflict',
        place,
        `a network of this Swarm has addresses for about ${MOST_INSTANCES} instances and their update, and "max" is ${scale.max}`,
      )
  }
}

function checkLabels({ findings }: Plan, { placement, place }: Component): void {
  for (const { name, value } of placement.labels)
    if (!LABEL_NAME.test(name) || !LABEL_VALUE.test(value))
      findings.fault(
        'value',
        place,
        `no condition for a node can say ${name}=${value}: letters, digits, "-", "_" and "." are safe`,
      )
}

function checkOutsideLinks({ findings }: Plan, { outsideLinks, place }: Component): void {
  for (const { app, alias } of outsideLinks)
    findings.warn(
      'no-effect',
      place,
      `no network leads to another app: for "${alias}", put the components of ${app} into this app, or ask for its domain`,
    )
}
