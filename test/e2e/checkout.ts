import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: repository })).stdout

/** A clean clone with the not yet committed state of the working tree on top: what a stranger would get of it. */
export async function cleanCheckout(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dogfood-checkout-'))
  await git('clone', '--quiet', '--no-hardlinks', repository, folder)
  const listed = async (...args: string[]) =>
    (await git('ls-files', '-z', ...args)).split('\0').filter(Boolean)
  for (const file of await listed('--deleted')) await rm(join(folder, file))
  for (const file of await listed('--modified', '--others', '--exclude-standard')) {
    await cp(join(repository, file), join(folder, file)).catch(ignoreMissing)
  }
  return folder
}

const ignoreMissing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error
}
