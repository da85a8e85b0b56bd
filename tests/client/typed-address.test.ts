import { expect, test } from 'vitest'
import { pathOf, routedAddress, shownAddress } from '../../client/typed-address.ts'

const url = (path: string) => new URL(path, 'https://register.example')
const shown = (path: string) => pathOf(shownAddress(url(path)))
const routed = (path: string) => pathOf(routedAddress(url(path)))

test.each([
  ['/northgate/students?q=ada', '/northgate/students#q=ada'],
  [
    '/northgate/students?grade=07&q=%C3%98berg+%26+Co%23&student=1',
    '/northgate/students?grade=07&student=1#q=%C3%98berg+%26+Co%23',
  ],
  ['/northgate/students/1?q=ada#history', '/northgate/students/1#history&q=ada'],
  ['/sign-in?next=%2Fnorthgate%2Fstudents%3Fq%3Dada', '/sign-in#next=%2Fnorthgate%2Fstudents%3Fq%3Dada'],
])('what was typed is shown after the "#", and is read from there: %s', (address, inBrowser) => {
  expect(shown(address)).toBe(inBrowser)
  expect(new URLSearchParams(routed(inBrowser).split(/[?#]/)[1]).toString().split('&').toSorted()).toEqual(
    new URLSearchParams(address.split(/[?#]/)[1]).toString().split('&').toSorted(),
  )
  expect(shown(routed(inBrowser))).toBe(inBrowser)
  expect(url(inBrowser).search).not.toMatch(/ada|berg/)
})

test.each([
  '/northgate/students?grade=07',
  '/join#t=abc',
  '/northgate/students/1#history',
  '/northgate/rooms#quarter=2',
])('an address without typed words is left as it is: %s', (address) => {
  expect(shown(address)).toBe(address)
  expect(routed(address)).toBe(address)
})

test('an address of before, with the words in its query, is read, and shown with them after the "#"', () => {
  expect(routed('/northgate/students?q=ada&grade=07')).toBe('/northgate/students?q=ada&grade=07')
  expect(shown('/northgate/students?q=ada&grade=07')).toBe('/northgate/students?grade=07#q=ada')
})

test('words after the "#" win over older ones before it', () => {
  expect(routed('/northgate/students?q=ada#q=bob')).toBe('/northgate/students?q=bob')
  expect(shown('/northgate/students?q=bob#q=ada')).toBe('/northgate/students#q=bob')
})
