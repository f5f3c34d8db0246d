import express from 'express'
import { readAnswer } from '../answer.ts'

// Usage: node express-send.ts PORT ANSWER_FILE. The same bytes, the way Express's guide sends them.
const [port, answerFile = ''] = process.argv.slice(2)
const { headers, body } = readAnswer(answerFile)
const encoding = headers[headers.indexOf('Content-Encoding') + 1] ?? 'identity'

const app = express()
app.get('/*path', (_req, res) => {
  res.set('Content-Type', 'text/html; charset=utf-8').set('Content-Encoding', encoding).send(body)
})
app.listen(Number(port), '127.0.0.1')
