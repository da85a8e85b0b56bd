import { expect, test } from 'vitest'
import { nextTerm, nextYear } from '../../../client/academic-sessions/usual-terms.ts'

const usual = {
  yearBegins: '09-01',
  yearEnds: '07-15',
  usualTerms: [
    { name: 'Autumn', begins: '09-01', ends: '12-18' },
    { name: 'Spring', begins: '01-05', ends: '03-26' },
  ],
}
const year = { startDate: '2026-09-01', endDate: '2027-07-15' }

test('the next school year is the first that is neither over nor there', () => {
  expect(nextYear(usual, [], '2026-11-20')).toEqual({ title: '2026–27', ...year, schoolYear: 2027 })
  expect(nextYear(usual, [year], '2026-11-20')).toMatchObject({ title: '2027–28', startDate: '2027-09-01' })
  expect(nextYear(usual, [], '2026-07-16')).toMatchObject({ startDate: '2026-09-01' })
  expect(nextYear(usual, [], '2026-07-15')).toMatchObject({ startDate: '2025-09-01' })
})

test('a year from January to December is called by its one year', () => {
  expect(nextYear({ yearBegins: '01-20', yearEnds: '12-10' }, [], '2026-11-20')).toEqual({
    title: '2026',
    startDate: '2026-01-20',
    endDate: '2026-12-10',
    schoolYear: 2026,
  })
})

test('a school that has not said when its year begins gets no days', () => {
  expect(nextYear({ yearBegins: '09-01', yearEnds: null }, [], '2026-11-20')).toBeUndefined()
})

test('the terms of a year come one after the other, on the days that are within it', () => {
  expect(nextTerm(usual, year, [])).toEqual({ title: 'Autumn', startDate: '2026-09-01', endDate: '2026-12-18' })
  expect(nextTerm(usual, year, [{ title: 'Autumn' }])).toEqual({
    title: 'Spring',
    startDate: '2027-01-05',
    endDate: '2027-03-26',
  })
  expect(nextTerm(usual, year, [{ title: 'Autumn' }, { title: 'Spring' }])).toBeUndefined()
})

test('a usual term that does not fit into the year keeps its name and no days', () => {
  const short = { startDate: '2027-02-01', endDate: '2027-07-15' }
  expect(nextTerm(usual, short, [])).toEqual({ title: 'Autumn', startDate: '', endDate: '' })
})

test('a leap day is the day before in other years', () => {
  expect(nextYear({ yearBegins: '02-29', yearEnds: '11-30' }, [], '2027-01-01')).toMatchObject({
    startDate: '2027-02-28',
  })
})
