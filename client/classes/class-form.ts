import { createClassInput } from '../../server/classes/input.ts'
import { useWords } from '../messages/messages.tsx'
import { formOf } from '../records/form-of.ts'
import { withChosen } from '../records/record-fields.tsx'
import { useCourses, useRooms, useTerms } from './class-choices.ts'
import type { SchoolClass } from './class-kind.ts'
import { classFormWords } from './class-kind.ts'

export const classForm = formOf<SchoolClass>()({
  name: 'class',
  schema: createClassInput,
  fields: {
    title: { is: 'text', section: 'about', isWhole: true, required: true },
    code: { is: 'text' },
    courseId: { is: 'reference', to: 'course' },
    academicSessionIds: null,
    capacity: { is: 'number', section: 'place' },
    roomId: { is: 'reference', to: 'room' },
  },
  own: (of) => ({ academicSessionIds: of?.terms.map(({ id }) => id) ?? [] }),
  refusedAt: {
    'academicSession.not_found': 'academicSessionIds',
    'class.capacity_below': 'capacity',
  },
  useDetails(of) {
    const { form: words } = useWords(classFormWords)
    const courses = useCourses().map(({ id, title, code }) => ({
      value: id,
      label: code ? `${title} (${code})` : title,
      short: title,
      names: [title, code],
    }))
    const rooms = useRooms().map(({ id, name, seats }) => ({
      value: id,
      label: words.roomChoice(name, seats),
      short: name,
    }))
    return {
      courseId: { choices: withChosen(courses, of?.courseId, of?.courseTitle), none: words.noCourse },
      academicSessionIds: { choices: useTerms().map(({ id, title }) => ({ value: id, label: title })) },
      capacity: { hint: words.capacityHint },
      roomId: { choices: withChosen(rooms, of?.roomId, of?.roomName), none: words.noRoom, hint: words.roomHint },
    }
  },
  useLegends() {
    const { about, place } = useWords(classFormWords).form
    return { about, place }
  },
})
export type ClassValues = ReturnType<typeof classForm.valuesOf>
