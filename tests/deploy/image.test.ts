import { expect, test } from 'vitest'
import { dockerArgs } from '../../deploy/image.ts'

const name = 'ghcr.io/school/homeroom'
const source = {
  name,
  commit: 'c0ffee',
  epoch: '1796000000',
  metadata: '/m.json',
  version: '1.2.3',
  azureRegistry: 'lake',
}
const told = (way: 'build' | 'push' | 'release' | 'azure') => dockerArgs(way, source).join(' ')

test('for this machine it is built under its own name', () => {
  expect(told('build')).toBe('build --build-arg SOURCE_DATE_EPOCH=1796000000 --tag homeroom .')
})

test('it is built once for both processors, and named by its commit', () => {
  expect(told('push')).toBe(
    'buildx build --build-arg SOURCE_DATE_EPOCH=1796000000 --platform linux/amd64,linux/arm64 ' +
      `--tag ${name}:sha-c0ffee --tag ${name}:main --push --metadata-file /m.json .`,
  )
})

test('a release and the other registry get the image that was built', () => {
  expect(told('release')).toBe(`buildx imagetools create --tag ${name}:1.2.3 ${name}:sha-c0ffee`)
  expect(told('azure')).toBe(`buildx imagetools create --tag lake.azurecr.io/homeroom:sha-c0ffee ${name}:sha-c0ffee`)
})
