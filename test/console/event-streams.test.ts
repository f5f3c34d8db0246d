import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import express, { type RequestHandler } from 'express'
import { EventStreams } from '../../app/console/event-streams.ts'
import { until } from '../until.ts'
import { eventsOf } from './events-of.ts'

async function served(t: TestContext, answer: RequestHandler): Promise<string> {
  const server = express().get('/', answer).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** A page of events whose reader is asked about at each beat. */
function pageOf(t: TestContext, mayLook: () => Promise<boolean>): Promise<string> {
  const streams = new EventStreams({ most: 1, beatMilliseconds: 20, mayLook })
  return served(t, (req, res) => void streams.begin(req, res))
}

test('a stream of who is signed out is over', async (t) => {
  const { events, state } = await eventsOf(await pageOf(t, async () => false), '')
  await until(async () => state.isOver, 'the end')
  assert.deepEqual(events, [{ name: 'over', data: '' }])
})

test('a text with ends of lines of its own is no event of its own', async (t) => {
  const streams = new EventStreams({ most: 1, beatMilliseconds: 60_000, mayLook: async () => true })
  const url = await served(t, (req, res) => {
    const stream = streams.begin(req, res)
    stream.send('lines', 'a\r\revent: over\rdata: gone\n\nb')
    stream.end()
  })
  const { events, state } = await eventsOf(url, '')
  await until(async () => state.isOver, 'the end')
  assert.deepEqual(events, [{ name: 'lines', data: 'a\n\nevent: over\ndata: gone\n\nb' }])
})

test('where nobody knows who is signed in, a stream ends so that the page comes back', async (t) => {
  let asked = 0
  const mayLook = async () => {
    asked++
    if (asked > 2) throw new Error('the store is away')
    return true
  }
  const { events, state } = await eventsOf(await pageOf(t, mayLook), '')
  await until(async () => state.isOver, 'the end')
  assert.deepEqual([events, state.beats], [[], 2])
})
