import { once, refused, type Shape } from './shape.ts'

const host = 'Host: localhost'
const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`
const first =
  (line: (path: string) => string, ...headers: string[]) =>
  (path: string): string =>
    lines(line(path), ...headers, host)
const header =
  (...headers: string[]) =>
  (path: string): string =>
    lines(`GET ${path} HTTP/1.1`, host, ...headers)
const hosts =
  (...names: string[]) =>
  (path: string): string =>
    lines(`GET ${path} HTTP/1.1`, ...names.map((name) => `Host: ${name}`))

/** Request lines and headers that are malformed, or that two programs may read differently. */
export const requestShapes: readonly Shape[] = [
  refused('no host', (path) => lines(`GET ${path} HTTP/1.1`)),
  refused('two hosts', hosts('localhost', 'evil.example')),
  refused('the same host twice', hosts('localhost', 'localhost')),
  refused('a host with a space', hosts('local host')),
  refused('a host with a slash', hosts('localhost/evil')),
  refused('a host with a NUL', hosts('local\0host')),
  refused('a host with an at sign and a path', hosts('a@b/c')),
  refused('a host with a bad port', hosts('localhost:evil')),
  refused('a space before the colon of the host', (path) =>
    lines(`GET ${path} HTTP/1.1`, 'Host : localhost'),
  ),
  refused('a NUL in a header', header('X-Note: a\0b')),
  refused('a NUL in the name of a header', header('X-No\0te: a')),
  refused('a space in the name of a header', header('X Note: a')),
  refused('a bare CR in a header', header('X-Note: a\rb')),
  refused('a header without a name', header(': a')),
  refused('a folded header', header('X-Note: a', ' b')),
  refused(
    'a NUL in the address',
    first((path) => `GET ${path}\0 HTTP/1.1`),
  ),
  refused(
    'a NUL in the address, encoded',
    first((path) => `GET ${path}%00 HTTP/1.1`),
  ),
  refused(
    'a control character in the address',
    first((path) => `GET ${path}\x01 HTTP/1.1`),
  ),
  refused(
    'a space in the address',
    first((path) => `GET ${path} HTTP/1.1 HTTP/1.1`),
  ),
  refused(
    'a tab in the request line',
    first((path) => `GET\t${path}\tHTTP/1.1`),
  ),
  refused(
    'an address that leaves the root',
    first((path) => `GET /../..${path} HTTP/1.1`),
  ),
  refused(
    'a broken escape in the address',
    first((path) => `GET ${path}%zz HTTP/1.1`),
  ),
  refused(
    'an address without a slash',
    first((path) => `GET ${path.slice(1)} HTTP/1.1`),
  ),
  refused(
    'an asterisk',
    first(() => 'GET * HTTP/1.1'),
  ),
  refused(
    'HTTP/2.0 on a connection of HTTP/1',
    first((path) => `GET ${path} HTTP/2.0`),
    505,
  ),
  refused(
    'HTTP/01.1',
    first((path) => `GET ${path} HTTP/01.1`),
  ),
  refused(
    'HTTQ',
    first((path) => `GET ${path} HTTQ/1.1`),
  ),
  refused(
    'a method in lower case',
    first((path) => `get ${path} HTTP/1.1`),
  ),
  refused(
    'a method with a colon',
    first((path) => `GET: ${path} HTTP/1.1`),
  ),
  refused(
    'TRACE',
    first((path) => `TRACE ${path} HTTP/1.1`),
    405,
  ),
  refused(
    'CONNECT',
    first(() => 'CONNECT localhost:443 HTTP/1.1'),
    405,
  ),
  refused(
    'CONNECT with a path',
    first((path) => `CONNECT ${path} HTTP/1.1`),
    400,
  ),
  // The app's own parser refuses it, before anything of the app sees it.
  refused(
    'an unknown method',
    first((path) => `BREW ${path} HTTP/1.1`),
  ),
  once('HTTP/1.0 that wants to be kept', (path) => lines(`GET ${path} HTTP/1.0`, 'Connection: keep-alive')),
  once(
    'an absolute address',
    first((path) => `GET http://localhost${path} HTTP/1.1`),
  ),
  once(
    'an absolute address with another host',
    first((path) => `GET http://evil.example${path} HTTP/1.1`),
  ),
  once('lines that end in bare LF', (path) => header('X-Note: a')(path).replaceAll('\r', '')),
  once('a header without a colon', header('X-Note')),
  once(
    'HTTP/1.10',
    first((path) => `GET ${path} HTTP/1.10`),
  ),
  once('an empty line first', (path) => `\r\n${header('X-Note: a')(path)}`),
  once('Connection names the length', header('Connection: Content-Length, X-Forwarded-For')),
  once(
    'an upgrade to h2c',
    header('Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'),
  ),
  once(
    'an upgrade to a websocket',
    header(
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ),
  ),
  // Its answer has no status.
  { ...once('HTTP/0.9', (path) => `GET ${path}\r\n`), answers: [] },
]
