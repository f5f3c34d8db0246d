import { randomBytes } from 'node:crypto'
import { createObject, removeObjects } from '../deploy/commands.ts'
import { change } from '../docker.ts'
import { ifMissing } from '../swarm/ask.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObjects, type SwarmObject } from '../swarm/objects.ts'
import type { AuditEntry, AuditStore } from './audit.ts'

const KIND = 'audit'
const MOST = 100

/** Entries as Swarm configs of an app, each of a name of its own, so that two controls need not agree on a number. */
export const auditConfigs = (stack: string, most = MOST): AuditStore => ({
  async keep(entry) {
    const labels = { [LABELS.app]: stack, [LABELS.kind]: KIND }
    await change(createObject('config', nameOf(stack), labels, JSON.stringify(entry)))
    const old = (await readAll(stack)).slice(0, -most)
    const ids = old.map(({ id }) => id)
    if (ids.length > 0) await change(removeObjects('config', ids)).catch(ifMissing)
  },
  read: async () => (await readAll(stack)).map(entryOf).reverse(),
})

const nameOf = (stack: string): string => `${stack}_audit-${randomBytes(8).toString('hex')}`

/** Oldest first. */
const readAll = async (stack: string): Promise<SwarmObject[]> =>
  (await readObjects('config', `${LABELS.kind}=${KIND}`)).filter(({ labels }) => labels[LABELS.app] === stack)

const entryOf = ({ content = '{}' }: SwarmObject): AuditEntry => JSON.parse(content) as AuditEntry
