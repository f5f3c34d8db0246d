export type InviteStatus = 'requested' | 'invited' | 'signed up'

/** A person as the CRM knows them. */
export interface CrmContact {
  readonly email: string
  readonly name: string
  readonly company: string
  readonly purpose: string
  readonly status: InviteStatus
}

/** What the website needs of a CRM. Every method rejects with OutsideError. */
export interface CrmClient {
  /** Makes the contact with this e-mail address what it is here; doing it twice changes nothing more. */
  upsert(contact: CrmContact): Promise<void>
  /** The contact with the CRM's own id; undefined when there is none. */
  contact(id: string): Promise<CrmContact | undefined>
  /** Deletes the contact for good, as a person can ask for. */
  forget(email: string): Promise<void>
  close(): Promise<void>
}
