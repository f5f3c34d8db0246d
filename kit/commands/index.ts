import type { Verb } from '../cli/verb.ts'
import { changing } from './changing.ts'
import { reading } from './reading.ts'

/** Every verb, in the order of the help. */
export const verbs: readonly Verb[] = [...changing, ...reading]
