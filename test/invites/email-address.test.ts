import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emailAddress } from '../../app/invites/email-address.ts'

const kept: Record<string, string> = {
  ' Ann@Example.COM ': 'ann@example.com',
  "o'hara+news_1=2@mail.example.co.uk": "o'hara+news_1=2@mail.example.co.uk",
  'ann@Bücher.example': 'ann@xn--bcher-kva.example',
  'ann@Bu\u0308cher.example': 'ann@xn--bcher-kva.example',
  'ann@xn--bcher-kva.example': 'ann@xn--bcher-kva.example',
  'ann@例え.テスト': 'ann@xn--r8jz45g.xn--zckzah',
  [`${'l'.repeat(64)}@example.com`]: `${'l'.repeat(64)}@example.com`,
}

for (const [typed, address] of Object.entries(kept)) {
  test(`${JSON.stringify(typed)} is kept as ${address}`, () => {
    assert.equal(emailAddress(typed), address)
  })
}

const refused: Record<string, string> = {
  'nothing at all': '',
  'no @': 'ann.example.com',
  'nothing before the @': '@example.com',
  'nothing behind the @': 'ann@',
  'two of them': 'ann@example.com, bob@example.com',
  'two @': 'ann@bob@example.com',
  'a name beside the address': 'Ann <ann@example.com>',
  'a space within': 'ann smith@example.com',
  'a quoted local part': '"ann smith"@example.com',
  'two dots in a row': 'ann..smith@example.com',
  'a dot at the end of the local part': 'ann.@example.com',
  'a local part of 65 characters': `${'l'.repeat(65)}@example.com`,
  'more than 254 characters': `ann@${'label.'.repeat(42)}example`,
  'more than 254 characters in ASCII': `ann@${'ü.'.repeat(100)}example`,
  'a local part outside ASCII': 'änn@example.com',
  'a domain without a dot': 'ann@localhost',
  'an IPv4 address': 'ann@192.0.2.1',
  'an IPv4 address in another notation': 'ann@0xc0.0.2.1',
  'an IPv4 address in full-width digits': 'ann@１９２.０.２.１',
  'an IP literal': 'ann@[192.0.2.1]',
  'an IPv6 literal': 'ann@[IPv6:2001:db8::1]',
  'a port': 'ann@example.com:25',
  'a path': 'ann@evil.example/example.com',
  'a percent sign in the domain': 'ann@ex%61mple.com',
  'a hyphen at the end of a label': 'ann@example-.com',
  'a soft hyphen in the domain': 'ann@exam\u00adple.com',
  'a line break and a header': 'ann@example.com\r\nBcc: bob@example.com',
  'a line break in the local part': 'ann\r\nBcc:bob@example.com',
  'a line feed in the domain': 'ann@exam\nple.com',
  'a tab': 'ann@exam\tple.com',
  'a null byte': 'ann@example.com\0.evil.example',
}

for (const [what, typed] of Object.entries(refused)) {
  test(`${what} is refused`, () => {
    assert.equal(emailAddress(typed), undefined)
  })
}

test('an address that was kept once is kept as it is', () => {
  for (const address of Object.values(kept)) assert.equal(emailAddress(address), address)
})

test('a long text is refused as quickly as a short one is read', () => {
  const hostile = `${'a.'.repeat(8000)}@${'a-'.repeat(8000)}`
  assert.equal(emailAddress(hostile), undefined)
})
