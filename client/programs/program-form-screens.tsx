import { programTypes } from '../../db/values.ts'
import { createProgramInput } from '../../server/programs/input.ts'
import { useDepartmentChoices } from '../departments/department-kind.ts'
import { useWords } from '../messages/messages.tsx'
import { formScreens } from '../paste/form-screens.tsx'
import { formOf } from '../records/form-of.ts'
import { choicesOf } from '../records/form-shape.ts'
import type { Program } from './program-kind.ts'
import { programKind, programWords } from './program-kind.ts'

const shape = formOf<Program>()({
  name: 'program',
  schema: createProgramInput,
  fields: {
    name: { is: 'text', isWhole: true, required: true },
    type: { is: 'oneOf', usual: 'diploma' },
    departmentId: { is: 'reference', to: 'department' },
  },
  useDetails(program) {
    const { types, noDepartment } = useWords(programWords)
    return {
      type: { choices: choicesOf(programTypes, types) },
      departmentId: { choices: useDepartmentChoices(program), none: noDepartment },
    }
  },
})
export const { pasteKind, NewPage, EditPage, PastePage } = formScreens({
  kind: programKind,
  shape,
})
