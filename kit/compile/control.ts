import type { Component } from '../definition/model.ts'
import { keyWithin } from './names.ts'
import { type Plan, tasksOf } from './plan.ts'

/** The component that controls the app, where it has one. */
export const controlOf = ({ components }: Plan): Component | undefined =>
  components.find(({ control }) => control)

/** What the component that controls the app has to know of it. */
export const controlVariables = (plan: Plan, { control }: Component): [string, string][] =>
  control
    ? [
        ['CONTROL_STACK', plan.stack],
        ['CONTROL_ENVIRONMENT', plan.surroundings.environment],
      ]
    : []

/** Key of the service that is the canary of a component, whose own key is given. */
export const canaryKey = (stack: string, key: string): string => keyWithin(stack, `${key}-canary`)

/** What the balancer of a component has to know to send some of its visitors to a canary. */
export function steeringVariables(plan: Plan, component: Component): [string, string][] {
  const control = controlOf(plan)
  return control
    ? [
        ['CONTROL', tasksOf(plan, plan.key(control))],
        ['CANARY_INSTANCES', tasksOf(plan, canaryKey(plan.stack, plan.key(component)))],
      ]
    : []
}
