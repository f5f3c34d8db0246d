import { changing } from './changing.ts'
import { reading } from './reading.ts'
import type { Route } from './route.ts'

/** All that the API answers, as docs/control-api.yaml describes it. */
export const routes: readonly Route[] = [...reading, ...changing]
