import type { Secrets } from './production-secrets.ts'

const whatFor: Readonly<Record<string, { readonly is: string; readonly text: string }>> = {
  accounts_token: { is: '', text: 'the token of your account system; the site does not start without it' },
  mail_url: {
    is: 'outbox:',
    text: 'where mail is handed in, such as smtps://USER:PASSWORD@HOST; until then it is only written to files',
  },
  crm_token: { is: '', text: 'the token of a private app of your CRM, once CRM_URL names it' },
  crm_webhook_secret: { is: '', text: 'the client secret of that app, for what the CRM tells the site' },
  operators: { is: '', text: 'who may sign in at /admin: the lines that npm run operator -- add NAME makes' },
}

/** What nobody but an operator knows and is not there yet: file names with what belongs there. */
export const leftToOperators = (secrets: Secrets): readonly (readonly [name: string, text: string])[] =>
  Object.entries(whatFor)
    .filter(([name, { is }]) => secrets[name]?.trim() === is)
    .map(([name, { text }]) => [name, text])
