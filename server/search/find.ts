import type { Permission } from '../access.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import type { FindInput } from './input.ts'
import { findGuardians, findInstructors, findStudents } from './people.ts'
import { wordsOf } from './rank.ts'
import { findClasses, findCourses, findRooms } from './things.ts'

/** Archived records are left out. */
export async function find(ctx: Context, { text }: FindInput) {
  const words = wordsOf(text)
  const among = async <Row>(permission: Permission, look: (ctx: Context, words: string[]) => Promise<Row[]>) =>
    words.length && allows(ctx.actor, permission) ? look(ctx, words) : []
  const [students, instructors, guardians, classes, courses, rooms] = await Promise.all([
    among('student.read', findStudents),
    among('instructor.read', findInstructors),
    among('guardian.read', findGuardians),
    among('class.read', findClasses),
    among('course.read', findCourses),
    among('room.read', findRooms),
  ])
  return { students, instructors, guardians, classes, courses, rooms }
}
