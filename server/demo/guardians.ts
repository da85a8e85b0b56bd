import { newId } from '../../db/kit.ts'
import { demoName } from './names.ts'
import { Random } from './random.ts'
import { demoEmail } from './timetable.ts'

interface Child {
  id: string
  familyName: string
}
type Relation = 'mother' | 'father' | 'grandparent'

function guardianRow({ familyName }: Child, random: Random, index: number) {
  const { givenName } = demoName(random)
  const email = demoEmail(givenName, familyName, `.${index}`, 'home.example')
  const phone = `(614) 555-${String(100 + random.below(100)).padStart(4, '0')}`
  return {
    id: newId(),
    givenName,
    familyName,
    email,
    phone,
  }
}
type Guardian = ReturnType<typeof guardianRow>
interface Household {
  members: { guardian: Guardian; relation: Relation }[]
  isBarred: boolean
}

const linkRow = ({ id }: Child, { members, isBarred }: Household, index: number) => {
  const barred = isBarred && index === 1
  const { guardian, relation } = members[index] as Household['members'][number]
  return {
    id: newId(),
    studentId: id,
    guardianId: guardian.id,
    relation,
    priority: index + 1,
    hasCustody: !barred,
    mayPickUp: !barred,
    livesWith: !barred && relation !== 'grandparent',
    isBarred: barred,
  }
}

const conditions: [string, ...string[]] = [
  'Peanut allergy. Carries an EpiPen.',
  'Asthma. Inhaler in the office.',
  'Type 1 diabetes. See the care plan in the office.',
  'Epilepsy. Call the office at once, then 911.',
]
const alertRow = ({ id }: Child, text: string) => ({
  id: newId(),
  studentId: id,
  kind: 'medical' as const,
  text,
})

/** Children of one family name often share a household. */
export class Households {
  readonly #random: Random
  readonly #last = new Map<string, Household>()
  #made = 0

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  #new(child: Child): Household {
    const relations: Relation[] = this.#random.chance(0.05)
      ? ['grandparent']
      : this.#random.chance(0.25)
        ? ['mother']
        : ['mother', 'father']
    const members = relations.map((relation) => ({
      guardian: guardianRow(child, this.#random, ++this.#made),
      relation,
    }))
    return { members, isBarred: members.length > 1 && this.#random.chance(0.01) }
  }

  of(child: Child) {
    const known = this.#random.chance(0.3) ? this.#last.get(child.familyName) : undefined
    const household = known ?? this.#new(child)
    this.#last.set(child.familyName, household)
    return {
      guardians: known ? [] : household.members.map(({ guardian }) => guardian),
      links: household.members.map((_, index) => linkRow(child, household, index)),
      alerts: this.#random.chance(0.04) ? [alertRow(child, this.#random.pick(conditions))] : [],
    }
  }
}
