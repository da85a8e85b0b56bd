/** What an attacker types, at every place of every input. */
import { TRPCError } from '@trpc/server'
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { pastedAtMost } from '../../../server/records/input.ts'
import type { Json } from '../../setup/json-schema.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import type { Place } from '../../setup/sample-input.ts'
import { inputOf, placesOf, procedures } from '../../setup/sample-input.ts'

const school = await makeSchool('Northgate')
const boss = await makePerson(school, 'administrator')
const known: Record<string, string> = await makeRecords(school)
afterAll(() => db.close())

const isText = ({ type, format, enum: words, const: word }: Json): boolean =>
  type === 'string' && format !== 'uuid' && !words && word === undefined
const isMany = ({ type }: Json) => type === 'array'
const isNumber = ({ type }: Json) => type === 'integer' || type === 'number'

interface Asked extends Place {
  procedure: string
  type: string
  isRight(value: unknown): boolean
}
const everywhere = (wanted: (json: Json) => boolean): Asked[] =>
  procedures.flatMap(([procedure, one]) => {
    const schema = inputOf(one)
    const idOf = (field: string) => known[field] ?? newId()
    const at = (place: Place) => ({
      ...place,
      procedure,
      type: one._def.type,
      isRight: (value: unknown) => schema?.safeParse(place.input(value, idOf)).success ?? false,
    })
    return schema ? placesOf(schema, wanted).map(at) : []
  })
/** Each cell of a paste is checked by itself, so that its row says what is wrong. */
const isCell = ({ procedure, path }: Asked) => procedure.endsWith('.createMany') && path.startsWith('items[].')
/** Versions, numbers of the journal and places in a list are compared only, and may be any whole number. */
const isCompared = ({ path }: Asked) => /version$|^(expected|cursor|after)$/i.test(path)
const isBounded = (place: Asked) => {
  const tooLarge = isCompared(place) ? 1e16 : 1e9
  return ![tooLarge, -1e9, 0.5].some((number) => place.isRight(number))
}
const named = ({ procedure, path }: Asked) => `${procedure} ${path}`

/** A photo is the one text that may be longer than others. */
const longest: Record<string, number> = { 'photos.upload content': 300_000 }

test('nothing in an input is longer, more or larger than something', () => {
  const texts = everywhere(isText)
  const boundless = [
    ...texts.filter((place) => {
      const length = longest[named(place)] ?? 100_000
      return place.isRight('x'.repeat(length)) || place.isRight('1'.repeat(length))
    }),
    ...everywhere(isMany).filter(
      ({ json, isRight }) => (json.maxItems ?? Infinity) > pastedAtMost || isRight(Array(pastedAtMost + 1)),
    ),
    ...everywhere(isNumber).filter((place) => !isCell(place) && !isBounded(place)),
  ]
  expect(boundless.map(named)).toEqual([])
  expect(texts.length).toBeGreaterThan(200)
})

/** What makes careless patterns try every way to divide a text. */
const stubborn = ['a', ' ', '0', '-', 'a@', 'a.', '\u200b', 'é', '09:', '2026-'].flatMap((part) =>
  [300, 100_000].map((length) => `${part.repeat(Math.ceil(length / part.length)).slice(0, length)}!`),
)
/** In microseconds of the processor, whatever else the machine does. A pattern that goes back and forth takes minutes. */
const aSecond = 1_000_000

test('no text of a hundred thousand signs keeps the server busy', () => {
  const slow = everywhere(isText).filter(({ isRight }) => {
    const before = process.cpuUsage()
    for (const text of stubborn) isRight(text)
    const { user, system } = process.cpuUsage(before)
    return user + system > aSecond
  })
  expect(slow.map(named)).toEqual([])
})

/** The answer, or why there is none. A failure that nobody foresaw has no cause of our own, and is no answer. */
async function answerTo(procedure: string, input: unknown): Promise<string> {
  const [feature = '', verb = ''] = procedure.split('.')
  const api = as(boss) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
  try {
    return JSON.stringify((await api[feature]?.[verb]?.(input)) ?? null)
  } catch (error) {
    if (!(error instanceof TRPCError) || error.code === 'INTERNAL_SERVER_ERROR') throw error
    return error.message
  }
}
const injected = [
  "' or '1'='1",
  "x'; drop table students; --",
  '" or ""="',
  '%',
  '_',
  '\\',
  '$1',
  ':word0',
  '*',
  '^',
  '||',
]
/** A place in a list is a text like any other that comes before or after others. */
const isOrder = ({ path }: Asked) => path.startsWith('cursor')

test('what would be SQL or a pattern is a text like any other: it finds what a word finds that nobody has', async () => {
  const places = everywhere((json) => isText(json) && !json.pattern && !json.format).filter(
    ({ type }) => type === 'query',
  )
  const searches: string[] = []
  for (const place of places)
    for (const text of injected) {
      const ask = (typed: string) =>
        answerTo(
          place.procedure,
          place.input(typed, (field) => known[field]),
        )
      const answer = await ask(text)
      if (!isOrder(place)) expect(answer, `${named(place)} ${text}`).toBe(await ask('q'.repeat(text.length)))
      searches.push(named(place))
    }
  expect(searches).toContain('students.list search')
  expect(searches).toContain('search.find text')
})
