import { dependentsOf } from '../kinds.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import { createCourseInput, updateCourseInput } from './input.ts'
import { courseKind } from './kind.ts'
import { readCourse } from './read.ts'

const dependents = dependentsOf('course')
export const courseVerbs = verbsOf(courseKind, { read: readCourse, dependents })
export const manyCourses = manyVerbsOf(courseKind, { item: createCourseInput, edit: updateCourseInput, dependents })
