import { createServer } from 'node:http'
import { readAnswer } from '../answer.ts'

// Usage: node bare.ts PORT ANSWER_FILE. The least that Node can do to send these bytes.
const [port, answerFile = ''] = process.argv.slice(2)
const { headers, body } = readAnswer(answerFile)

createServer((_req, res) => {
  res.writeHead(200, headers as string[])
  res.end(body)
}).listen(Number(port), '127.0.0.1')
