import type { CrmContact } from '../../app/crm/crm-client.ts'

export const ada: CrmContact = {
  email: 'ada@example.com',
  name: 'Ada Maria Lovelace',
  company: 'Engines & Sons',
  purpose: 'Weaving\nalgebra “patterns”',
  status: 'requested',
}

export const bob: CrmContact = { ...ada, email: 'bob@example.com', name: 'Bob', company: '', purpose: '' }
