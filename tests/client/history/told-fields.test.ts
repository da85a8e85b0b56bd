import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import '../../setup/no-browser.ts'

const { useToldFields } = await import('../../../client/history/told-fields.ts')
const { speak } = await import('../../../client/messages/languages.ts')
const { SpeechProvider } = await import('../../../client/messages/messages.tsx')
const { SchoolProvider } = await import('../../../client/school.tsx')

type Entry = Parameters<ReturnType<typeof useToldFields>>[0]

const school = { slug: 'any', gradeLevels: [] } as unknown as Parameters<typeof SchoolProvider>[0]['school']

async function told(fields: Entry['fields'], entity: Entry['entity'] = 'enrollment'): Promise<string[]> {
  await speak('en')
  const entry: Entry = { number: 1, entity, action: 'changed', record: null, isErased: false, fields }
  let shown: string[] = []
  function Shown() {
    shown = useToldFields()(entry).map(({ before, after }) => `${before} → ${after}`)
    return null
  }
  const props = {
    language: 'en',
    locale: 'en-GB',
    timeZone: 'UTC',
    children: null,
  }
  const inIt = { school, children: null }
  const inSchool = createElement(SchoolProvider, inIt, createElement(Shown))
  renderToString(createElement(SpeechProvider, props, inSchool))
  return shown
}

test('a person whose data is erased is not shown as if the field had been empty', async () => {
  expect(await told([{ name: 'studentId', before: '', after: 'Sam Abara' }])).toEqual(['Erased → Sam Abara'])
  expect(await told([{ name: 'grade', before: null, after: 'A' }])).toEqual(['empty → A'])
})

test('what a day of the calendar is, is said in words', async () => {
  expect(await told([{ name: 'kind', before: 'instruction', after: 'weather' }], 'calendarDay')).toEqual([
    'School day → Closed: weather',
  ])
})

test('a part of a whole is written without the zeros it is stored with', async () => {
  expect(await told([{ name: 'fte', before: '1.000', after: '0.500' }], 'schoolEnrollment')).toEqual(['1 → 0.5'])
  expect(await told([{ name: 'membership', before: null, after: '1.000' }], 'calendarDay')).toEqual(['empty → 1'])
})
