/** To whom one state of the flags serves what. */
import { expect, test } from 'vitest'
import type { Who } from '../../../server/flags/flag-set.ts'
import { FlagSet, nobody } from '../../../server/flags/flag-set.ts'
import type { Flag, Registry } from '../../../server/flags/registry.ts'
import { inOrder } from '../../../server/flags/registry.ts'
import type { Rules } from '../../../server/flags/rules.ts'

const now = new Date('2026-12-01T09:00:00Z')
const flag = (more: Partial<Flag> = {}): Flag => ({
  ...{ kind: 'release', owner: 'somebody', created: '2026-12-01', expires: '2027-06-01' },
  ...{ default: false, per: 'person', does: 'Something.', ...more },
})
const rules = (more: Partial<Rules> = {}): Rules => ({
  ...{ mode: 'rules', percent: 0, people: [], roles: [], schools: [], includesOwners: false, fromAt: null, ...more },
})
const setOf = (registry: Registry, given: Record<string, Rules> = {}, at = now, forced = {}) => {
  const set = new FlagSet(registry, new Map(Object.entries(given)), 1, at, forced)
  return (who: Who) => set.of(who) as unknown as Record<string, boolean>
}
const one = (more: Partial<Rules>, about: Partial<Flag> = {}, at = now) => {
  const serve = setOf({ screen: flag(about) }, { screen: rules(more) }, at)
  return (who: Who) => serve(who).screen
}
const person = (userId: string, more: Partial<Who> = {}): Who => ({
  ...nobody,
  userId,
  role: 'viewer',
  schoolId: 1,
  ...more,
})
const people = Array.from({ length: 5_000 }, (_, n) => person(`0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`))

test('nobody who was in falls out while a percentage grows, and about as many are in as it says', () => {
  let before = new Set<Who>()
  for (const percent of [1, 5, 20, 50, 100]) {
    const serve = one({ percent })
    const now = new Set(people.filter((who) => serve(who)))
    expect([...before].filter((who) => !now.has(who))).toEqual([])
    expect(Math.abs(now.size / 50 - percent), `${percent} %`).toBeLessThan(2)
    before = now
  }
})

test('a flag of a school has one answer there, and another flag picks others first', () => {
  const bySchool = one({ percent: 50 }, { per: 'school' })
  const schools = Array.from({ length: 200 }, (_, n) => n + 1)
  for (const schoolId of schools)
    expect(new Set(people.slice(0, 20).map((who) => bySchool({ ...who, schoolId }))).size).toBe(1)
  expect(schools.filter((schoolId) => bySchool({ ...nobody, schoolId })).length).toBeGreaterThan(60)
  const both = setOf({ one: flag(), two: flag() }, { one: rules({ percent: 10 }), two: rules({ percent: 10 }) })
  const inBoth = people.filter((who) => both(who).one && both(who).two)
  expect(inBoth.length).toBeLessThan(150)
})

test('people, roles, schools and owners are in, whatever the percentage', () => {
  const [ada, ben] = [person('ada'), person('ben')]
  const chosen: [Partial<Rules>, Who, Who][] = [
    [{ people: ['ada'] }, ada, ben],
    [{ roles: ['registrar'] }, { ...ada, role: 'registrar' }, ben],
    [{ schools: [7] }, { ...ada, schoolId: 7 }, ben],
    [{ includesOwners: true }, { ...ada, isOwner: true }, ben],
  ]
  for (const [given, isIn, isOut] of chosen) expect([one(given)(isIn), one(given)(isOut)]).toEqual([true, false])
})

test('a flag that is off is off for everybody, whoever its rules name and whatever its default is', () => {
  const off = one({ mode: 'off', percent: 100, people: ['ada'] }, { default: true })
  expect([off(person('ada')), off(nobody)]).toEqual([false, false])
  const ofSchool = one({ mode: 'off', percent: 100 }, { default: true, per: 'school' })
  expect(ofSchool(person('ada'))).toBe(false)
})

test('who is not known shares no bucket with others: the default is served', () => {
  for (const isDefault of [true, false])
    for (const percent of [1, 50, 99])
      for (const per of ['person', 'school'] as const)
        expect(one({ percent }, { default: isDefault, per })(nobody)).toBe(isDefault)
})

test('before its moment a flag is off for everybody, then its rules count', () => {
  const fromAt = new Date('2026-12-10T08:00:00Z')
  const given = { percent: 100, people: ['ada'], fromAt }
  expect(one(given, { default: true })(person('ada'))).toBe(false)
  expect(one(given, {}, fromAt)(person('ada'))).toBe(true)
  const set = new FlagSet({ screen: flag() }, new Map([['screen', rules(given)]]), 1, now)
  expect(set.until).toBe(fromAt.getTime())
})

test('a flag is off wherever one that it needs is', () => {
  const registry = { third: flag({ needs: ['second'] }), second: flag({ needs: ['first'] }), first: flag() }
  const all = { third: rules({ percent: 100 }), second: rules({ percent: 100 }), first: rules({ people: ['ada'] }) }
  const serve = setOf(registry, all)
  expect(serve(person('ada'))).toEqual({ first: true, second: true, third: true })
  expect(serve(person('ben'))).toEqual({ first: false, second: false, third: false })
})

test('flags that need each other, or one that there is not, are refused', () => {
  expect(() => inOrder({ one: flag({ needs: ['two'] }), two: flag({ needs: ['one'] }) })).toThrow('one > two > one')
  expect(() => inOrder({ one: flag({ needs: ['gone'] }) })).toThrow('one needs gone')
})

test('without rules the default is served, and a setting of the process wins over everything', () => {
  expect(setOf({ on: flag({ default: true }), off: flag() })(person('ada'))).toEqual({ on: true, off: false })
  const forced = setOf({ screen: flag() }, { screen: rules({ percent: 100 }) }, now, { screen: false })
  expect(forced(person('ada')).screen).toBe(false)
})

test('the answers of a set are the same ones, and nobody changes them', () => {
  const set = new FlagSet({ screen: flag() }, new Map([['screen', rules({ percent: 50 })]]), 1, now)
  expect(set.of(person('ada'))).toBe(set.of(person('ada')))
  expect(Object.isFrozen(set.of(person('ada')))).toBe(true)
  expect(set.of(person('ada', { role: 'registrar' }))).not.toBe(set.of(person('ada')))
})
