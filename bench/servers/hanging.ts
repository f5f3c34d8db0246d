import { createServer } from 'node:net'

// Usage: node hanging.ts PORT. Takes every connection and answers nothing.
createServer((socket) => socket.resume().on('error', () => {})).listen(Number(process.argv[2]), '0.0.0.0')
