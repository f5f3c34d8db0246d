const apiFaults = ['slow', 'fail', 'rate-limit', 'hang', 'garbage', 'reset'] as const
const mailFaults = ['slow', 'fail', 'refuse', 'hang'] as const

/** The faults that each system can be told to have. */
export const faultsOf = { crm: apiFaults, accounts: apiFaults, mail: mailFaults } as const

export type System = keyof typeof faultsOf
export type ApiFault = (typeof apiFaults)[number]
export type MailFault = (typeof mailFaults)[number]
export type Fault = ApiFault | MailFault

export const systems = Object.keys(faultsOf) as System[]

/** How late a slow answer is. */
export const slowMilliseconds = 3000

/** Which system has which fault now. */
export interface Faults {
  api(system: 'crm' | 'accounts'): ApiFault | undefined
  mail(): MailFault | undefined
  /** Makes a system have a fault, for so many seconds or until told otherwise; undefined heals it. */
  set(system: System, fault: Fault | undefined, seconds?: number): void
}

export function createFaults(): Faults {
  const made = new Map<System, { fault: Fault; until: number }>()
  const now = (system: System) => {
    const { fault, until = 0 } = made.get(system) ?? {}
    return until > Date.now() ? fault : undefined
  }
  return {
    api: (system) => apiFaults.find((fault) => fault === now(system)),
    mail: () => mailFaults.find((fault) => fault === now('mail')),
    set(system, fault, seconds = Number.POSITIVE_INFINITY) {
      if (fault) made.set(system, { fault, until: Date.now() + seconds * 1000 })
      else made.delete(system)
    },
  }
}

/** The fault of that name, if the system can have it. */
export const faultNamed = (system: System, name: string): Fault | undefined =>
  faultsOf[system].find((fault) => fault === name)
