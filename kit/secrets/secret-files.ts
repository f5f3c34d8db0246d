import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { newSecrets, type Secrets, SecretsError } from './production-secrets.ts'

/**
 * The secrets in a folder, by the names of their files; none where there is no folder.
 * @throws SecretsError when there is a folder where a secret belongs
 */
export function readSecrets(folder: string): Secrets {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const isFolder = (name: string) => statSync(join(folder, name)).isDirectory()
  // Docker makes an empty folder of a file that is missing when a container starts.
  const wrong = Object.keys(newSecrets()).find((name) => names.includes(name) && isFolder(name))
  if (wrong)
    throw new SecretsError(`${join(folder, wrong)} is a folder: remove it, then run npm run secrets again`)
  const files = names.filter((name) => !isFolder(name))
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/**
 * Writes the secrets that are new or differ from `before`; their names. Containers read them as users of their own,
 * so each file is for all to read, and the folder is for its owner alone.
 */
export function writeSecrets(folder: string, secrets: Secrets, before: Secrets): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  makeCertificateFolder(join(folder, 'tls'))
  const names = Object.keys(secrets).filter((name) => secrets[name] !== before[name])
  needRoomFor(names.map((name) => secrets[name] ?? '').join(''), folder)
  for (const name of names) {
    const file = join(folder, name)
    if (existsSync(file)) chmodSync(file, 0o600)
    // In place: a running container sees the file that it started with, not another under the same name.
    writeFileSync(file, secrets[name] ?? '')
  }
  for (const name of Object.keys(secrets)) chmodSync(join(folder, name), 0o444)
  return names
}

// Docker would make it for root, and then nobody else could put a certificate there.
function makeCertificateFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder)
  chmodSync(folder, 0o755)
}

// Writing in place empties a file first: on a full disk the secret would be gone.
function needRoomFor(text: string, folder: string): void {
  const trial = join(folder, '.room')
  try {
    writeFileSync(trial, text, { mode: 0o600 })
  } finally {
    rmSync(trial, { force: true })
  }
}
