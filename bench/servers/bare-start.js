import { createServer } from 'node:http'

// The least that Node can start: it says its port and answers a few bytes. JavaScript, so that no types are stripped.
const server = createServer((_req, res) => res.end('ready'))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`{"port":${typeof address === 'object' && address?.port}}\n`)
})
