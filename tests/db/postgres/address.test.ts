import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Address } from '../../../db/postgres/address.ts'
import { addressOf, isSameServer, unprotectedHosts } from '../../../db/postgres/address.ts'
import { temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
afterAll(() => folder.done())
const file = join(folder.path, 'root.crt')
writeFileSync(file, 'the certificates')

const at = (host: string, port = 5432) => ({ servers: [{ host, port }] })
const us = { user: 'hr', database: 'register' }

test.each<[string, Partial<Address>]>([
  ['postgres://hr@db.school.example/register', { ...at('db.school.example'), ...us, settings: {} }],
  ['postgresql://hr:secret@db:6432/register', { ...at('db', 6432), ...us, password: 'secret' }],
  ['postgres://hr@127.0.0.1:5433/register', { ...at('127.0.0.1', 5433), ...us }],
  ['postgres://hr@[::1]:5433/register', { ...at('::1', 5433), ...us }],
  ['postgres://hr@[::1]/register', { ...at('::1'), ...us }],
  ['postgres://hr@/register?host=/var/run/postgresql', { ...at('/var/run/postgresql'), ...us }],
  ['postgres:///register?host=/cloudsql/a:b:c&port=5433&user=hr', { ...at('/cloudsql/a:b:c', 5433), ...us }],
  ['postgres://hr@%2Fvar%2Frun%2Fpostgresql:5433/register', { ...at('/var/run/postgresql', 5433), ...us }],
  ['postgres:///register?host=::1&user=hr', { ...at('::1'), ...us }],
  ['postgres:///?host=db&dbname=register&user=hr&password=a+b', { ...at('db'), ...us, password: 'a+b' }],
  ['postgres://hr@db', { ...at('db'), user: 'hr', database: undefined }],
  ['postgres://', { ...at('localhost'), user: undefined, password: undefined }],
  [
    'postgres://hr@one:5433,[::1]:5434,three/register',
    {
      servers: [
        { host: 'one', port: 5433 },
        { host: '::1', port: 5434 },
        { host: 'three', port: 5432 },
      ],
      ...us,
    },
  ],
  [
    'postgres://hr@/register?host=one,two&port=5433,5434',
    {
      servers: [
        { host: 'one', port: 5433 },
        { host: 'two', port: 5434 },
      ],
    },
  ],
  ['postgres://hr:pa%23ss%25%2F%3A%40@db/register', { ...us, password: 'pa#ss%/:@' }],
  ['postgres://hr:pa#ss@db/register', { ...at('db'), ...us, password: 'pa#ss' }],
  ['postgres://hr:p@ss:word@db/register', { ...at('db'), ...us, password: 'p@ss:word' }],
  ['postgres://h%40r:x@db/my%20school', { user: 'h@r', database: 'my school' }],
  [
    'postgres://hr@db/register?application_name=desk&search_path=a,%22B%22',
    { settings: { application_name: 'desk', search_path: 'a,"B"' } },
  ],
  ['postgres://hr@db/register?options=-c%20search_path%3Dschool', { settings: { options: '-c search_path=school' } }],
  [
    'postgres://hr@db/register?connect_timeout=10&keepalives_idle=30&gssencmode=prefer&channel_binding=prefer&client_encoding=auto&TimeZone=CET',
    { settings: {} },
  ],
  ['postgres://hr@db/register?target_session_attrs=read-write', { target_session_attrs: 'read-write' }],
  ['postgres://hr@db/register?target_session_attrs=any', { target_session_attrs: undefined }],
])("%s is understood as PostgreSQL's own programs do", (url, expected) => {
  expect(addressOf(url)).toMatchObject(expected)
})

test.each([
  ['', { mode: 'prefer' }],
  ['sslmode=disable', { mode: 'disable' }],
  ['sslmode=allow', { mode: 'allow' }],
  ['sslmode=prefer', { mode: 'prefer' }],
  ['sslmode=require', { mode: 'require' }],
  ['sslmode=verify-ca', { mode: 'verify-ca' }],
  ['sslmode=verify-full', { mode: 'verify-full' }],
  ['ssl=true', { mode: 'verify-full' }],
  ['ssl=false', { mode: 'disable' }],
  ['ssl=require', { mode: 'require' }],
  ['sslmode=no-verify', { mode: 'require' }],
  ['sslmode=verify-full&sslrootcert=system', { mode: 'verify-full' }],
  ['sslrootcert=system', { mode: 'verify-full' }],
  [`sslmode=verify-full&sslrootcert=${file}`, { mode: 'verify-full', ca: 'the certificates' }],
  [`sslmode=verify-ca&sslrootcert=${file}`, { mode: 'verify-ca', ca: 'the certificates' }],
  [`sslmode=require&sslrootcert=${file}`, { mode: 'verify-ca', ca: 'the certificates' }],
  ['sslmode=prefer&sslrootcert=/nowhere', { mode: 'prefer' }],
])('%s says how it is encrypted', (query, encryption) => {
  expect(addressOf(`postgres://db/register?${query}`).encryption).toEqual(encryption)
})

const form = /^DATABASE_URL must look like postgres:\/\/user:password@/
const port = /^DATABASE_URL must name a port from 1 to 65535.*%2F for \//
test.each([
  ['postgres:/db', form],
  ['postgres://hr@[::1/register', form],
  ['postgres://hr@::1/register', form],
  ['postgres://hr:secret/5@db/register', form],
  ['postgres://hr:secret?5@db/register', form],
  ['postgres://hr:55/secret@db/register', form],
  ['postgres://hr:55?secret@db/register', form],
  ['postgres://hr@db:0/register', port],
  ['postgres://hr@db:65536/register', port],
  ['postgres://hr@db/register?port=x', port],
  ['postgres://hr:secret100%@db/register', /^DATABASE_URL has a % that begins no code such as %40: .*%25/],
  [
    'postgres://db/register?sslmode=verify_full',
    /^DATABASE_URL must have one of disable, .* as sslmode, not verify_full/,
  ],
  [
    'postgres://db/register?sslmode=verify-full&sslrootcert=/nowhere/root.crt',
    /^DATABASE_URL names the file \/nowhere\/root.crt in sslrootcert/,
  ],
  [
    'postgres://db/register?sslmode=require&channel_binding=require',
    /^DATABASE_URL asks for channel_binding=require, which the driver lacks: .*verify-full/,
  ],
  ['postgres://db/register?gssencmode=require', /^DATABASE_URL asks for gssencmode=require/],
  ['postgres://db/register?sslnegotiation=direct', /^DATABASE_URL asks for sslnegotiation=direct/],
  ['postgres://db/register?sslcert=client.crt', /^DATABASE_URL asks for sslcert, which the driver lacks/],
  ['postgres://db/register?ssl_min_protocol_version=TLSv1.3', /^DATABASE_URL asks for ssl_min_protocol_version/],
  [
    'postgres://db/register?target_session_attrs=master',
    /^DATABASE_URL must have one of any, read-write, .* as target_session_attrs/,
  ],
])('%s is refused by a sentence that says what to write, without the password', (url, sentence) => {
  expect(() => addressOf(url)).toThrow(sentence)
  expect(() => addressOf(url)).not.toThrow(/secret/)
  expect(() => addressOf(url, 'DATABASE_DIRECT_URL')).toThrow(/^DATABASE_DIRECT_URL /)
})

test.each([
  ['postgres://db/register', ['db']],
  ['postgres://db/register?sslmode=require', ['db']],
  ['postgres://db/register?sslmode=verify-ca', ['db']],
  ['postgres://db/register?sslmode=verify-full', []],
  ['postgres://localhost,127.0.0.1,[::1],10.0.0.5/register', ['10.0.0.5']],
  ['postgres:///register?host=/var/run/postgresql', []],
])('of %s these hosts are not protected from somebody on the way: %o', (url, hosts) => {
  expect(unprotectedHosts(addressOf(url))).toEqual(hosts)
})

test('two roles at one server are told from a pooler in front of it', () => {
  const address = addressOf('postgres://serve@db/register')
  expect(isSameServer(address, addressOf('postgres://migrate:secret@db:5432/register?sslmode=disable'))).toBe(true)
  expect(isSameServer(address, addressOf('postgres://serve@db:6432/register'))).toBe(false)
})
