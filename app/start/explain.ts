/** Runs the start of a process; what stops it is told to the operator in a few words, and ends it with 1. */
export async function startOrExplain(start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    process.stderr.write(`${explanation(error as StartError)}\n`)
    // Whatever was opened before the fault must not keep the process alive.
    process.exit(1)
  }
}

type StartError = NodeJS.ErrnoException & {
  port?: number
  address?: string
  hostname?: string
  setting?: string
}

// Their messages are written for the operator; any other error is a fault of the program, and its stack tells where.
const spokenErrors: readonly string[] = ['ConfigError', 'ContentError']
const badHostCodes: readonly unknown[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'ENOTFOUND', 'EAI_AGAIN']

const explanation = (error: StartError): string => {
  const { code, port, syscall = '', setting = 'PORT' } = error
  if (code === 'EADDRINUSE') {
    return `Cannot listen: port ${port} is taken by another process. End that one, or set ${setting} to a free port.`
  }
  if (code === 'EACCES' && port !== undefined) {
    return `Cannot listen: port ${port} needs more rights. Set ${setting} to 1024 or more.`
  }
  if (badHostCodes.includes(code) && ['listen', 'getaddrinfo'].includes(syscall)) {
    const host = error.hostname ?? error.address
    return `Cannot listen: HOST ${host} is no address of this machine (${code}). Set HOST to one, or to 0.0.0.0 for all.`
  }
  return spokenErrors.includes(error.name) ? `Cannot start: ${error.message}` : (error.stack ?? String(error))
}
