import { once, refused, type Shape } from './shape.ts'

const host = 'Host: localhost'
const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`
const get = (path: string): string => `GET ${path} HTTP/1.1`
const secret = (hidden: string): string => lines(get(hidden), host, '')

/** A request whose body, taken for a request, asks for `hidden`: 5 bytes of empty chunk come before it. */
const withHidden =
  (...headers: string[]) =>
  (path: string, hidden: string): string =>
    lines(get(path), host, ...headers, '') + lines('0', '') + secret(hidden)

/** The same, for framing that says the hidden request is a part of the body. */
const inBody =
  (...headers: string[]) =>
  (path: string, hidden: string): string => {
    const body = secret(hidden)
    return lines(get(path), host, ...headers, `Content-Length: ${body.length}`, '') + body
  }

const chunked =
  (chunks: (hidden: string) => string, ...headers: string[]) =>
  (path: string, hidden: string): string =>
    lines(get(path), host, ...headers, 'Transfer-Encoding: chunked', '') + chunks(hidden)

/** Where a message ends, said twice, wrongly or in ways that two programs may read differently. */
export const framingShapes: readonly Shape[] = [
  refused('length and chunked', withHidden('Content-Length: 5', 'Transfer-Encoding: chunked')),
  refused('chunked and length', withHidden('Transfer-Encoding: chunked', 'Content-Length: 5')),
  refused('length of zero and chunked', withHidden('Content-Length: 0', 'Transfer-Encoding: chunked')),
  refused('the same length twice', withHidden('Content-Length: 5', 'Content-Length: 5')),
  refused('two lengths', withHidden('Content-Length: 5', 'Content-Length: 0')),
  refused('two lengths in a list', withHidden('Content-Length: 5, 0')),
  refused('a length with a plus', withHidden('Content-Length: +5')),
  refused('a negative length', withHidden('Content-Length: -5')),
  refused('a hexadecimal length', withHidden('Content-Length: 0x5')),
  refused('an empty length', withHidden('Content-Length:')),
  refused('a length over 64 bits', withHidden('Content-Length: 99999999999999999999')),
  refused('a length with a letter', withHidden('Content-Length: 5a')),
  refused('a length with a space inside', withHidden('Content-Length: 5 0')),
  refused('a length behind a space before the colon', withHidden('Content-Length : 5')),
  refused('chunked twice', withHidden('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')),
  refused('chunked behind a space before the colon', withHidden('Transfer-Encoding : chunked')),
  refused('chunked behind a tab before the colon', withHidden('Transfer-Encoding\t: chunked')),
  refused('an unknown transfer encoding', withHidden('Transfer-Encoding: xchunked'), 501),
  refused('chunked in a list', withHidden('Transfer-Encoding: chunked, identity'), 501),
  refused('chunked after another encoding', withHidden('Transfer-Encoding: gzip, chunked'), 501),
  refused('chunked in quotes', withHidden('Transfer-Encoding: "chunked"'), 501),
  refused('chunked after a vertical tab', withHidden('Transfer-Encoding: \x0bchunked'), 501),
  refused('chunked on a folded line', withHidden('Transfer-Encoding:', ' chunked')),
  refused('chunked folded into another header', withHidden('X-Note: a', ' Transfer-Encoding: chunked')),
  refused('chunked folded with a tab', withHidden('X-Note: a', '\tTransfer-Encoding: chunked')),
  refused('a first header that is folded', withHidden(' Transfer-Encoding: chunked')),
  refused('chunked in HTTP/1.0', (path, hidden) =>
    withHidden('Transfer-Encoding: chunked')(path, hidden).replace('HTTP/1.1', 'HTTP/1.0'),
  ),
  refused('chunked behind a bare CR', withHidden('X-Note: a\rTransfer-Encoding: chunked')),
  refused(
    'a chunk size with a sign',
    chunked((hidden) => `+0\r\n\r\n${secret(hidden)}`),
  ),
  refused(
    'a chunk size with 0x',
    chunked((hidden) => `0x0\r\n\r\n${secret(hidden)}`),
  ),
  refused(
    'a negative chunk size',
    chunked((hidden) => `-1\r\n\r\n${secret(hidden)}`),
  ),
  refused(
    'a chunk size over 64 bits',
    chunked((hidden) => `10000000000000005\r\nhello\r\n0\r\n\r\n${secret(hidden)}`),
  ),
  refused(
    'a chunk longer than its size',
    chunked((hidden) => `3\r\nhello\r\n0\r\n\r\n${secret(hidden)}`),
  ),
  refused(
    'a bare CR after a chunk size',
    chunked((hidden) => `5\rhello\r\n0\r\n\r\n${secret(hidden)}`),
  ),
  refused(
    'a bare LF after a chunk size',
    chunked((hidden) => `5\nhello\r\n0\r\n\r\n${secret(hidden)}`),
  ),
  refused(
    'a bare LF after a chunk',
    chunked((hidden) => `5\r\nhello\n0\r\n\r\n${secret(hidden)}`),
  ),
  once(
    'a chunk extension',
    chunked((hidden) => `${secret(hidden).length.toString(16)};a=b\r\n${secret(hidden)}\r\n0\r\n\r\n`),
  ),
  refused(
    'a chunk extension with a bare LF',
    chunked((hidden) => `5;a\nhello\r\n0\r\n\r\n${secret(hidden)}`),
  ),
  once(
    'a trailer',
    chunked((hidden) => `5\r\nhello\r\n0\r\nContent-Length: 50\r\nX-Note: ${secret(hidden)}\r\n`),
  ),
  once('a request in the body of a read', inBody()),
  once('a length with spaces around it', inBody('X-Note: a')),
  once('a length under a name with an underscore', inBody('Content_Length: 0', 'Transfer_Encoding: chunked')),
]
