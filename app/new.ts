import { join, relative } from 'node:path'
import { loadConfig } from './config/environment.ts'
import { ContentError } from './content/fault.ts'
import { Refusal } from './new/refusal.ts'
import { readRequest, usage } from './new/request.ts'
import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  const request = readRequest(process.argv.slice(2))
  if (!request) {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
    return
  }
  const [{ makeFile }, { urls }] = await Promise.all([
    import('./new/make-file.ts'),
    import('./pages/site.ts'),
  ])
  const { contentDir: dir, publicUrl } = loadConfig()
  const day = new Date().toISOString().slice(0, 10)
  try {
    const { file, url } = makeFile(request, { dir, day, reservedUrls: urls.reservedUrls })
    process.stdout.write(
      `Made ${relative('', join(dir, file))}, a draft that only development shows.\n` +
        `See it: npm start, then ${publicUrl}${url}\n` +
        "Publish it: write its description, and take out 'draft: true'.\n",
    )
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ContentError)) throw error
    process.stderr.write(`Nothing made: ${error.message}\n`)
    process.exitCode = 1
  }
})
