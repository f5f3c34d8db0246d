import type { SwarmService } from './services.ts'

/** Kinds of services that stand beside the one that keeps the same component running. */
const BESIDE: readonly string[] = ['balancer', 'canary', 'run']

/** What people read of a service: its component, with its kind where another service has that component, too. */
export const shownName = ({ component, kind }: Pick<SwarmService, 'component' | 'kind'>): string =>
  BESIDE.includes(kind) ? `${component} (${kind})` : component
