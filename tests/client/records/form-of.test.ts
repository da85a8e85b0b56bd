import { expect, test } from 'vitest'
import { formOf } from '../../../client/records/form-of.ts'
import { createClassInput } from '../../../server/classes/input.ts'
import { createProgramInput } from '../../../server/programs/input.ts'
import { createRoomInput } from '../../../server/rooms/input.ts'

interface Room {
  name: string
  seats: number | null
}
const room = formOf<Room>()({
  name: 'room',
  schema: createRoomInput,
  fields: { name: { is: 'text', required: true }, seats: { is: 'number' } },
})

test('a form begins empty, shows a record as it is typed, and sends numbers as numbers', () => {
  expect(room.valuesOf()).toEqual({ name: '', seats: '' })
  expect(room.valuesOf({ name: 'Lab', seats: 30 })).toEqual({ name: 'Lab', seats: '30' })
  expect(room.inputOf({ name: 'Lab', seats: ' 30 ' })).toEqual({ name: 'Lab', seats: 30 })
  expect(room.inputOf({ name: 'Lab', seats: 'a few' }, ['seats'])).toEqual({ seats: 'a few' })
})

test('what a form shows in a way of its own keeps its place among the fields', () => {
  const form = formOf<{ title: string; code: string | null; courseId: null; roomId: null; capacity: null }>()({
    name: 'class',
    schema: createClassInput,
    fields: {
      title: { is: 'text' },
      academicSessionIds: null,
      code: { is: 'text', of: ({ code }) => code?.toUpperCase() ?? null },
      courseId: null,
      roomId: null,
      capacity: null,
    },
    own: () => ({ academicSessionIds: ['autumn'] }),
    ownInput: ({ academicSessionIds }) => ({ terms: academicSessionIds.length }),
  })
  const record = { title: 'Art', code: 'a1', courseId: null, roomId: null, capacity: null }
  expect(Object.entries(form.valuesOf(record))).toEqual([
    ['title', 'Art'],
    ['academicSessionIds', ['autumn']],
    ['code', 'A1'],
  ])
  expect(form.inputOf(form.valuesOf(record))).toEqual({ title: 'Art', code: 'A1', terms: 1 })
})

test('a field that the form leaves out, or that the server does not answer, does not compile', () => {
  const forgetful = formOf<Room>()({
    name: 'room',
    schema: createRoomInput,
    // @ts-expect-error seats are neither declared nor null
    fields: { name: { is: 'text' } },
  })
  const ahead = formOf<Pick<Room, 'name'>>()({
    name: 'room',
    schema: createRoomInput,
    // @ts-expect-error the record has no seats
    fields: { name: { is: 'text' }, seats: { is: 'number' } },
  })
  expect([forgetful, ahead].map(({ fields }) => Object.keys(fields))).toEqual([['name'], ['name', 'seats']])
})

test('what the server refuses is shown at its field: a name that is taken, a record that is gone', () => {
  expect(room.refusedAt).toEqual({ 'room.name_taken': 'name' })
  const form = formOf<{ name: string; type: string; departmentId: string | null }>()({
    name: 'program',
    schema: createProgramInput,
    fields: { name: { is: 'text' }, type: { is: 'text' }, departmentId: { is: 'reference', to: 'department' } },
    refusedAt: { 'input.invalid': 'type' },
  })
  expect(form.refusedAt).toEqual({
    'program.name_taken': 'name',
    'department.not_found': 'departmentId',
    'input.invalid': 'type',
  })
})
