import { expect, test } from 'vitest'
import { checkedAddresses, isPublic, requireReachable } from '../../../server/webhooks/address.ts'
import { createWebhookInput } from '../../../server/webhooks/input.ts'

test.each([
  ...[
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
  ],
  ...['192.168.1.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1'],
  ...['::ffff:8.8.8.8', '64:ff9b::7f00:1', 'fc00::1', 'fd12::1', 'fe80::1', 'ff02::1', '2002:7f00:1::', '2001:db8::1'],
  ...['2001::1', 'nobody', ''],
])('%s is not on the internet', (address) => {
  expect(isPublic(address)).toBe(false)
})
test.each(['8.8.8.8', '172.32.0.1', '192.0.1.1', '2606:4700::1111', '2a00:1450::1'])('%s is', (address) => {
  expect(isPublic(address)).toBe(true)
})

const parsed = (url: string) => createWebhookInput.safeParse({ name: 'One', url, entities: ['student'] })
test.each([
  ...[
    'ftp://hooks.example/',
    'hooks.example',
    '',
    'https://',
    'https://ann:secret@hooks.example/',
    'https://ann@h.example/',
  ],
  ...['https://hooks.example/#part', 'https://hooks.example:25/', 'https://hooks.example:22/', 'javascript:alert(1)'],
  `https://hooks.example/${'a'.repeat(1_000)}`,
])('%s is no address of a receiver', (url) => {
  expect(parsed(url).success).toBe(false)
})

const none = { hosts: new Set<string>() }
test.each([
  ['https://2130706433/', 'webhook.private_address'],
  ['https://0x7f.1/', 'webhook.private_address'],
  ['https://0177.0.0.1/', 'webhook.private_address'],
  ['https://[::ffff:10.0.0.1]/', 'webhook.private_address'],
  ['https://[fd00::1]:8443/', 'webhook.private_address'],
  ['https://localhost/', 'webhook.private_address'],
  ['https://169.254.169.254/latest', 'webhook.private_address'],
  ['http://hooks.example/', 'webhook.insecure'],
  ['http://127.0.0.1:3000/', 'webhook.insecure'],
])('%s is refused as it is written', (url, reason) => {
  expect(() => requireReachable(parsed(url).data?.url ?? '', none)).toThrow(reason)
})

test('what the operator named is reached, over http only on the machine itself', () => {
  const hosts = new Set(['127.0.0.1', '10.0.0.5'])
  requireReachable('http://127.0.0.1:8000/', { hosts })
  requireReachable('https://10.0.0.5/', { hosts })
  requireReachable('https://hooks.example/', none)
  expect(() => requireReachable('http://10.0.0.5/', { hosts })).toThrow('webhook.insecure')
})

test('a single private address among those of a name refuses all of them', async () => {
  const sending = { from: undefined, ...none }
  const found = [
    { address: '8.8.8.8', family: 4 },
    { address: 'fd00::1', family: 6 },
  ]
  await expect(checkedAddresses('h.example', sending, async () => found)).rejects.toThrow()
  expect(await checkedAddresses('h.example', sending, async () => found.slice(0, 1))).toEqual(found.slice(0, 1))
  const named = { from: undefined, hosts: new Set(['h.example']) }
  expect(await checkedAddresses('h.example', named, async () => found)).toEqual(found)
})
