interface Variable {
  /** What it is for, a line or more. */
  readonly about: string
  /** What stands in the file: an example where it must be set, its default elsewhere. */
  readonly value: string
  readonly must?: true
}

/** Every variable that docker-compose.prod.yml reads, in the order of `.env.production.example`. */
export const productionVariables: Readonly<Record<string, Variable>> = {
  PUBLIC_URL: {
    about: 'Where visitors reach the site: in links, in mails, and in what cookies are for.',
    value: 'https://www.example.com',
    must: true,
  },
  DOMAINS: {
    about:
      'Names to get a certificate for by ACME, the first one first, with spaces between. They must lead to this\n' +
      'server. Empty: the pair in secrets/tls, or else a certificate for localhost that signs itself.',
    value: 'www.example.com example.com',
    must: true,
  },
  ACME_EMAIL: { about: 'Whom the certificate authority may write to.', value: '' },
  ACME_DIRECTORY: {
    about: 'The certificate authority.',
    value: 'https://acme-v02.api.letsencrypt.org/directory',
  },
  ACCOUNTS_URL: {
    about: 'API of the account system; its token goes into secrets/accounts_token.',
    value: 'https://accounts.example.com',
    must: true,
  },
  MAIL_FROM: {
    about: 'Whom mail is from; the mail server goes into secrets/mail_url.',
    value: 'Example <hello@example.com>',
    must: true,
  },
  CRM_URL: {
    about:
      'API of the CRM, such as https://api.hubapi.com; its token goes into secrets/crm_token. outbox: writes into the\n' +
      'volume outbox what would be sent.',
    value: 'outbox:',
  },
  CONTROL_URL: {
    about: 'API of control, for the page /console. On one server there is none, and the page says so.',
    value: '',
  },
  ADDRESS: {
    about: 'The IPv4 address of this server at which it listens; 0.0.0.0 means at all of them.',
    value: '0.0.0.0',
  },
  HTTP_PORT: { about: 'Its port without TLS.', value: '80' },
  HTTPS_PORT: { about: 'Its port with TLS.', value: '443' },
  CPUS: {
    about: 'Processor cores that nginx, an instance or the worker may take at most; not more than there are.',
    value: '2',
  },
  TAG: {
    about: 'Which images run: each has this tag, and npm run rollout gives others of this name besides.',
    value: 'current',
  },
  RELEASE: {
    about: 'Name of the release that docker compose builds; npm run rollout gives each one its own.',
    value: 'first',
  },
  OBSERVE_PORT: {
    about: 'Where Prometheus answers on this machine, with --profile observe.',
    value: '9090',
  },
}

const intro = `# The production site on one server: copy this to .env beside docker-compose.prod.yml.
# What is not commented out must be set. Secrets are in files of their own: npm run secrets.
`

/** The text of .env.production.example. */
export function productionFile(): string {
  const entries = Object.entries(productionVariables).map(([name, { about, value, must }]) => {
    const comment = about.replace(/^/gm, '# ')
    return `${comment}\n${must ? '' : '#'}${name}=${value}\n`
  })
  return [intro, ...entries].join('\n')
}
