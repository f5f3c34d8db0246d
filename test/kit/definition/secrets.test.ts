import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayFault } from '../../../kit/definition/fault.ts'
import { readDefinition } from '../../../kit/definition/read.ts'
import { looksSecret } from '../../../kit/definition/secrets/looks-secret.ts'
import { corpus, readExample } from './corpus.ts'

// Put together here, so that no scanner of repositories takes them for real ones.
const hex = 'f3a9'.repeat(3) + '07bd52c1'.repeat(3)
const mixed = ['q7Rt', 'Zx02', 'LmPw', '9vKd', 'Hs4J', 'bY6n', 'Ae1G', 'uC3T', 'oF8i'].join('')

const secret: readonly (readonly [name: string, value: string])[] = [
  ['MYSQL_ROOT_PASSWORD', 'mysecretpassword'],
  ['POSTGRES_PASSWORD', 'postgres'],
  ['COUCHDB_PASS', 'relax'],
  ['dbPassword', 'x1y2'],
  ['db-passwd', 'x1y2'],
  ['DB_PWD', 'letmein'],
  ['SECRET', 'foo'],
  ['SECRET_KEY_BASE', 'somesecretkeyforrails'],
  ['DJANGO_SECRET_KEY', 'eeb09a-734f-4c89'],
  ['AWS_SECRET_ACCESS_KEY', `wJalr${mixed}`],
  ['MAILGUN_APIKEY', 'key-3ax6xnjp29jd6fds4gc373sgvjxteol0'],
  ['GITHUB_TOKEN', '1234567890'],
  ['SLACK_API_TOKEN', 'abcdef'],
  ['password', '1234567'],
  ['DATABASE_URL', 'postgresql://spend:spend@db/spend'],
  ['JDBC', 'jdbc:postgresql://db:5432/people?user=a&password=b'],
  ['AMQP', 'amqp://guest:guest@rabbitmq:5672//'],
  ['REDIS', 'redis://:hunter2@redis:6379'],
  ['KEY', `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIE`],
  ['ACCESS', `AKIA${'ABCDEFGHIJKLMNOP'}`],
  ['WHATEVER', `ghp_${mixed}`],
  ['HOOK', `xoxb-${'123456789012'}-abc`],
  ['STRIPE', `sk_live_${mixed}`],
  ['BLOB', hex],
  ['SALT', mixed],
  ['COMMAND', '--user a --password=hunter2'],
]

const harmless: readonly (readonly [name: string, value: string])[] = [
  ['SESSION_SECRETS_FILE', '/run/secrets/session_secrets'],
  ['PASSWORD_FILE', 'anything'],
  ['PASSWORD', ''],
  ['PASSWORD', '/run/secrets/password'],
  ['PASSWORD', '<ask the operator>'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['TOKEN_TTL', '3600'],
  ['SECRET_NAME', 'database'],
  ['REQUIRE_PASSWORD', 'true'],
  ['AUTH', 'none'],
  ['PASSWORD_POLICY', 'strict'],
  ['TOKEN_URL', 'https://example.com/token'],
  ['AWS_ACCESS_KEY_ID', 'your-key'],
  ['AWS_DEFAULT_REGION', 'eu-central-1'],
  ['DATABASE_URL', 'postgres://postgres@postgres/app'],
  ['DATABASE_URL', 'postgres://app:$password@postgres/app'],
  ['PUBLIC_URL', 'https://www.example.com/a?b=c'],
  ['GIT_COMMIT', `${hex}07bd`],
  ['IMAGE_DIGEST', `${hex}${hex}`],
  ['RELEASE', hex],
  ['PUBLIC_KEY_SHA', hex],
  ['MONKEY', 'banana'],
  ['KEYBOARD', 'qwertz'],
  ['COMPASS', 'north'],
  ['AUTHOR', 'ada'],
  ['PASSENGERS', '12'],
  ['JAVA_OPTS', '-Xmx512m -Djava.security.egd=file:/dev/./urandom'],
  ['NODE_ENV', 'production'],
  ['SCHEDULE', '@every 1m'],
  ['CLASSPATH', '/usr/share/java/ThisIsAVeryLongNameOfAJarFile2.jar'],
  ['MAIL_FROM', 'Dogfood <hello@example.com>'],
  ['LONG', 'this-is-a-very-long-name-of-something-with-many-words'],
]

for (const [name, value] of secret)
  test(`${name}=${value.slice(0, 24)} looks like a secret`, () => assert.ok(looksSecret(name, value)))

for (const [name, value] of harmless)
  test(`${name}=${value.slice(0, 24)} looks like none`, () => assert.ok(!looksSecret(name, value)))

const text = `{ "app_name": "a", "services": [ { "service_name": "s", "components": [ { "component_name": "db", "image": "mysql",
  "env": { "MYSQL_PASSWORD": "$pw", "OTHER_PASSWORD": "plain", "URL": "redis://a:$pw@db" } } ] } ] }`

const sources = {
  definition: { file: 'swarm.json', text },
  variables: { file: 'swarmvars.json', text: '{ "a/b": {\n  "pw": "relax" } }' },
  environment: 'a/b',
  loginName: 'ada',
}

test('a secret is named where it stands, in either file, with the right way', () => {
  const { app, warnings } = readDefinition(sources)
  assert.ok(app)
  assert.deepEqual(warnings.map(sayFault), [
    'swarm.json:2 services/s/components/db/env/OTHER_PASSWORD: looks like a secret: keep it out of the file with ' +
      '"swarm secrets set other_password", name it under "secrets" of the component, and let that read ' +
      '/run/secrets/other_password',
    'swarmvars.json:2 a/b/pw: looks like a secret: keep it out of the file with "swarm secrets set mysql_password", ' +
      'name it under "secrets" of the component, and let that read /run/secrets/mysql_password',
  ])
})

test('where it is strict, a secret is a fault', () => {
  const { app, faults, warnings } = readDefinition({ ...sources, strict: true })
  assert.equal(app, undefined)
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ['secret', 'secret'],
  )
  assert.deepEqual(warnings, [])
})

test('what comes with --var stands in no file', () => {
  const { faults } = readDefinition({
    ...sources,
    definition: { file: 'swarm.json', text: text.replace('"plain"', '""') },
    variables: undefined,
    assignments: ['pw=relax'],
    strict: true,
  })
  assert.deepEqual(faults, [])
})

test('a secret among the words of a command is found', () => {
  const command = `{ "components": { "a": { "image": "a", "args": "serve --token=s3cr3t", "entrypoint": ["/bin/a"],
    "health": { "command": "curl http://a:b@localhost" } } } }`
  const { warnings } = readDefinition({
    definition: { file: 'swarm.json', text: command },
    environment: 'a/b',
    loginName: 'ada',
  })
  assert.deepEqual(
    warnings.map(({ place }) => place.path),
    ['components/a/args', 'components/a/health/command'],
  )
})

test('the corpus has the secrets that people wrote, and no false alarm', () => {
  const found = corpus.flatMap((example) =>
    example.environments.flatMap((environment) =>
      readExample(example, environment)
        .warnings.filter(({ kind }) => kind === 'secret')
        .map(({ place }) => `${example.name} ${place.file} ${place.path}`),
    ),
  )
  assert.deepEqual([...new Set(found)].sort(), [
    'blog-mysql swarmvars.json ada/production/mysqlpassword',
    'two-couches swarm.json services/coucha/components/couchdb/env/COUCHDB_PASS',
  ])
})
