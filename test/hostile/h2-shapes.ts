import { data, type Field, headers } from './h2-frames.ts'

/** One message of HTTP/2 that would be two, or another one, once it is written as HTTP/1.1. */
export interface H2Shape {
  readonly name: string
  readonly frames: (path: string, hidden: string) => Buffer[]
  readonly answers: number | 'goaway'
  readonly reaches: 0 | 1
}

const pseudo = (path: string, method = 'GET'): Field[] => [
  [':method', method],
  [':scheme', 'https'],
  [':authority', 'localhost'],
  [':path', path],
]
const request = (hidden: string): string => `GET ${hidden} HTTP/1.1\r\nHost: localhost\r\n\r\n`
const replaced = (path: string, name: string, value: string): Field[] =>
  pseudo(path).map((field) => (field[0] === name ? [name, value] : field))

type Fields = (path: string, hidden: string) => readonly Field[]
const shape = (
  name: string,
  fields: Fields,
  answers: H2Shape['answers'] = 400,
  reaches: 0 | 1 = 0,
): H2Shape => ({ name, frames: (path, hidden) => [headers(1, fields(path, hidden))], answers, reaches })

const withBody = (
  name: string,
  fields: readonly Field[],
  answers: H2Shape['answers'] = 400,
  reaches: 0 | 1 = 0,
): H2Shape => ({
  name,
  frames: (path, hidden) => [
    headers(1, [...pseudo(path), ...fields], true),
    data(1, `0\r\n\r\n${request(hidden)}`),
  ],
  answers,
  reaches,
})

const plus =
  (...fields: Field[]): Fields =>
  (path) => [...pseudo(path), ...fields]

export const h2Shapes: readonly H2Shape[] = [
  shape('a line break in the path', (path, hidden) =>
    pseudo(`${path} HTTP/1.1\r\nHost: a\r\n\r\n${request(hidden)}`),
  ),
  shape('a space in the path', (path) => pseudo(`${path} HTTP/1.1`)),
  shape('a NUL in the path', (path) => pseudo(`${path}\0`)),
  shape('an empty path', () => pseudo('')),
  shape('a path without a slash', (path) => pseudo(path.slice(1))),
  shape('no path', (path) => pseudo(path).slice(0, 3)),
  shape('two paths', (path, hidden) => [...pseudo(path), [':path', hidden]]),
  shape('a line break in the method', (path, hidden) =>
    replaced(path, ':method', `GET ${hidden} HTTP/1.1\r\nHost: a\r\n\r\nGET`),
  ),
  shape('a method in lower case', (path) => replaced(path, ':method', 'get')),
  shape('a line break in the authority', (path, hidden) =>
    replaced(path, ':authority', `localhost\r\n\r\n${request(hidden)}`),
  ),
  shape('a line break in the scheme', (path, hidden) =>
    replaced(path, ':scheme', `https\r\n\r\n${request(hidden)}`),
  ),
  shape('an unknown pseudo-header', plus([':evil', 'a'])),
  shape('a pseudo-header after a header', (path, hidden) => [
    ...pseudo(path),
    ['x-note', 'a'],
    [':path', hidden],
  ]),
  shape('a line break in a header', (path, hidden) => [
    ...pseudo(path),
    ['x-note', `a\r\n\r\n${request(hidden)}`],
  ]),
  shape('a bare LF in a header', plus(['x-note', 'a\ntransfer-encoding: chunked'])),
  shape('a NUL in a header', plus(['x-note', 'a\0b'])),
  shape('a line break in the name of a header', (path, hidden) => [
    ...pseudo(path),
    [`x-note: a\r\n\r\n${request(hidden)}x-note`, 'a'],
  ]),
  shape('a colon in the name of a header', plus(['transfer-encoding: chunked', 'a'])),
  shape('a name in upper case', plus(['X-Note', 'a'])),
  shape('a header without a name', plus(['', 'a']), 'goaway'),
  shape('a host that is not the authority', plus(['host', 'evil.example'])),
  shape('two hosts', plus(['host', 'localhost'], ['host', 'evil.example'])),
  shape('CONNECT', (path) => pseudo(path, 'CONNECT'), 405),
  shape('TRACE', (path) => pseudo(path, 'TRACE'), 405),
  withBody('chunked', [['transfer-encoding', 'chunked']], 404, 1),
  withBody('two lengths', [
    ['content-length', '5'],
    ['content-length', '90'],
  ]),
  withBody('a length over the body', [['content-length', '2000']]),
  withBody('a length under the body', [['content-length', '5']]),
  withBody('a length of zero with a body', [['content-length', '0']]),
  withBody('a length with a plus', [['content-length', '+5']]),
  withBody('a connection header', [['connection', 'close, content-length']], 404, 1),
  withBody('an upgrade', [['upgrade', 'h2c']], 404, 1),
  withBody('a request in the body of a read', [], 404, 1),
]
