export type InviteStatus = 'requested' | 'invited' | 'signed up'

/** A person as the CRM knows them. */
export interface CrmContact {
  readonly email: string
  readonly name: string
  readonly company: string
  readonly purpose: string
  readonly status: InviteStatus
}

/** News of a contact: what is left out stays as it is in the CRM. */
export type ContactNews = Pick<CrmContact, 'email' | 'status'> & Partial<CrmContact>

/** What the website needs of a CRM. Every method rejects with OutsideError. */
export interface CrmClient {
  /** Makes or changes the contact with this e-mail address; doing it twice changes nothing more. */
  upsert(news: ContactNews): Promise<void>
  /** The contact with the CRM's own id; undefined when there is none. */
  contact(id: string): Promise<CrmContact | undefined>
  /** Deletes the contact for good, as a person can ask for. */
  forget(email: string): Promise<void>
  close(): Promise<void>
}
