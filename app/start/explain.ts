/** Runs the start of a process; what stops it is told to the operator in a few words, and ends it with 1. */
export async function startOrExplain(start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    process.stderr.write(`${explanation(error as NodeJS.ErrnoException & { port?: number })}\n`)
    // Whatever was opened before the fault must not keep the process alive.
    process.exit(1)
  }
}

const explanation = (error: NodeJS.ErrnoException & { port?: number }): string => {
  if (error.code === 'EADDRINUSE') {
    return `Cannot listen: port ${error.port} is taken by another process. End that one, or set PORT to a free port.`
  }
  if (error.code === 'EACCES' && error.port !== undefined) {
    return `Cannot listen: port ${error.port} needs more rights. Set PORT to 1024 or more.`
  }
  return error.name === 'ConfigError' ? `Cannot start: ${error.message}` : (error.stack ?? String(error))
}
