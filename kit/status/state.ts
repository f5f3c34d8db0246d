/** States of a component, the worst first; that of an app is the worst of its components. */
export const states = ['failed', 'down', 'starting', 'stopping', 'up'] as const

export type State = (typeof states)[number]

export const worst = (of: readonly State[]): State => states.find((state) => of.includes(state)) ?? 'down'
