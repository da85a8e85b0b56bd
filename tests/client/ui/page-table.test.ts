import { expect, test } from 'vitest'
import { fitting } from '../../../client/ui/page-table.tsx'

const columns = [
  { header: 'Name' },
  { header: 'Number', width: 104 },
  { header: 'Grade', width: 68, isRoomy: true },
  { header: 'Status', width: 116 },
  { header: 'From', width: 112, isRoomy: true },
  { header: 'Until', width: 112, isRoomy: true },
]
const headsIn = (room: number) => fitting(columns, room).map(({ header }) => header)

test('a name keeps its room: what is missed least leaves the table first', () => {
  expect(headsIn(672)).toEqual(['Name', 'Number', 'Grade', 'Status', 'From', 'Until'])
  expect(headsIn(671)).toEqual(['Name', 'Number', 'Status', 'From', 'Until'])
  expect(headsIn(600)).toEqual(['Name', 'Number', 'Status', 'Until'])
  expect(headsIn(300)).toEqual(['Name', 'Number', 'Status'])
})
