import { sql } from 'drizzle-orm'
import { check, foreignKey, index, table, uniqueIndex } from '../kit.ts'
import { oneTimeTokenPurposes, roles } from '../values.ts'
import { instructors } from './instructors.ts'
import { edited, owned, ownedKeys, within } from './owned.ts'
import { schools } from './schools.ts'

/** A user belongs to no school: memberships name the schools and roles. */
export const users = table(
  'users',
  (c) => ({
    id: c.id().primaryKey(),
    email: c.text(320).notNull(),
    name: c.text(200).notNull(),
    /** The language is a BCP 47 tag; a null is the school's language. */
    language: c.text(35),
    passwordHash: c.text(500),
    /** Set when the person, signed in, chose the present password; null again once anybody made a link for another one. */
    passwordChosenAt: c.timestamp(),
    isOwner: c.boolean().notNull().default(false),
    /** An app and not a person: nobody signs in as it, and it comes in by its tokens alone. */
    isService: c.boolean().notNull().default(false),
    createdAt: c.timestamp().notNull(),
    disabledAt: c.timestamp(),
  }),
  (t) => [uniqueIndex('users_email_uq').on(t.email), check('users_email_lower', sql`${t.email} = lower(${t.email})`)],
)

export const memberships = table(
  'memberships',
  (c) => ({
    ...owned(c),
    userId: c.ref().notNull(),
    role: c.oneOf(roles).notNull(),
    instructorId: c.ref(),
    /** The name that the inviting school wrote. It is null once the person has joined: until then she has no rights here. */
    invitedName: c.text(200),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('memberships', t),
    foreignKey({ name: 'memberships_user_fk', columns: [t.userId], foreignColumns: [users.id] }),
    within('memberships_instructor_fk', t, t.instructorId, instructors),
    uniqueIndex('memberships_user_uq').on(t.schoolId, t.userId),
    index('memberships_user_ix').on(t.userId),
  ],
)

export const sessions = table(
  'sessions',
  (c) => ({
    /** The id is the key of the sign-in, so a repeated sign-in is known. */
    id: c.id().primaryKey(),
    userId: c.ref().notNull(),
    /** It is SHA-256 of the cookie's token, in hexadecimal; 'ended:' and the id once the session is over. */
    tokenHash: c.text(64).notNull(),
    createdAt: c.timestamp().notNull(),
    lastSeenAt: c.timestamp().notNull(),
    userAgent: c.text(300),
  }),
  (t) => [
    uniqueIndex('sessions_token_uq').on(t.tokenHash),
    foreignKey({ name: 'sessions_user_fk', columns: [t.userId], foreignColumns: [users.id] }),
    index('sessions_user_ix').on(t.userId),
  ],
)

export const oneTimeTokens = table(
  'one_time_tokens',
  (c) => ({
    id: c.id().primaryKey(),
    purpose: c.oneOf(oneTimeTokenPurposes).notNull(),
    tokenHash: c.text(64).notNull(),
    userId: c.ref(),
    schoolId: c.integer(),
    madeBy: c.ref(),
    expiresAt: c.timestamp().notNull(),
  }),
  (t) => [
    uniqueIndex('one_time_tokens_token_uq').on(t.tokenHash),
    foreignKey({ name: 'one_time_tokens_user_fk', columns: [t.userId], foreignColumns: [users.id] }),
    foreignKey({ name: 'one_time_tokens_school_fk', columns: [t.schoolId], foreignColumns: [schools.id] }),
    foreignKey({ name: 'one_time_tokens_made_by_fk', columns: [t.madeBy], foreignColumns: [users.id] }),
  ],
)

/** Attempts are counted in the database, so that the limit holds over several processes. */
export const rateLimits = table('rate_limits', (c) => ({
  key: c.text(200).primaryKey(),
  windowStart: c.timestamp().notNull(),
  hits: c.integer().notNull(),
}))
