/** Students in classes: enrolling, the waitlist, withdrawing, completing. */
import type { withdrawalReasons } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'

const reasons: Record<(typeof withdrawalReasons)[number], string> = {
  scheduleChange: 'Change of schedule',
  moved: 'Moved away',
  transferred: 'Transferred to another school',
  graduated: 'Graduated',
  mistake: 'Enrolled by mistake',
  other: 'Another reason',
}

const finding = {
  findStudents: 'Find a student',
  findStudentsHint: 'Name or number; Enter adds',
  findClasses: 'Find a class',
  findClassesHint: 'Title or code; Enter adds',
  noStudent: (text: string) => `No student here has “${text}” in a name or number.`,
  noClass: (text: string) => `No class here has “${text}” in its title or code.`,
  isChosen: 'chosen',
  isIn: 'in this class',
  isWaiting: 'on the waitlist',
  isInThat: 'in it already',
}

/** What else meets at the same time. */
const colliding = ({ number, plural }: Formats) => ({
  alsoIn: (title: string) => `Also in ${title}`,
  collide: (count: number) =>
    plural(count, {
      one: 'One of them has another class at the same time, and can be enrolled all the same.',
      other: `${number(count)} of them have another class at the same time, and can be enrolled all the same.`,
    }),
  collideClasses: (count: number) =>
    plural(count, {
      one: 'One of them meets at the same time as another class, and can be added all the same.',
      other: `${number(count)} of them meet at the same time as other classes, and can be added all the same.`,
    }),
})

interface Forecast {
  title: string
  /** None where there is no limit. */
  capacity: number | null
  taken: number
  waiting: number
  chosen: number
  waitlisted: number
}

const enrolledToast =
  ({ number, plural }: Formats) =>
  (title: string, seated: number, waitlisted: number, already: number) => {
    const students = (count: number) => plural(count, { one: '1 student', other: `${number(count)} students` })
    return [
      seated > 0 && `${students(seated)} enrolled in ${title}`,
      waitlisted > 0 && `${students(waitlisted)} on the waitlist of ${title}`,
      already > 0 && `${students(already)} in ${title} already`,
    ]
      .filter(Boolean)
      .join('; ')
  }

const enrolling = (formats: Formats) => {
  const { number, plural } = formats
  const students = (count: number) => plural(count, { one: 'one student', other: `${number(count)} students` })
  const toWaitlist = (count: number) =>
    plural(count, { one: '1 goes to the waitlist', other: `${number(count)} go to the waitlist` })
  const seatsOf = (title: string, capacity: number | null, taken: number) => {
    if (capacity === null) return `${title} has no limit of seats`
    const free = Math.max(capacity - taken, 0)
    return free
      ? plural(free, { one: `${title} has one free seat`, other: `${title} has ${number(free)} free seats` })
      : `${title} is full (${number(taken)} of ${number(capacity)})`
  }
  return {
    ...finding,
    open: 'Enroll students',
    openClasses: 'Add to classes',
    title: (name: string) => `Enroll students in ${name}`,
    titleClasses: (name: string) => `Add ${name} to classes`,
    chosenStudents: 'Chosen students',
    chosenClasses: 'Chosen classes',
    remove: (name: string) => `Take ${name} off`,
    /** The seats of a class, and what becomes of those chosen. */
    forecast: ({ title, capacity, taken, waiting, chosen, waitlisted }: Forecast) => {
      const seats = seatsOf(title, capacity, taken)
      const known = waiting
        ? plural(waiting, { one: `${seats}, one waits`, other: `${seats}, ${number(waiting)} wait` })
        : seats
      if (!chosen) return `${known}.`
      return waitlisted
        ? `${known}; ${number(chosen)} chosen: ${toWaitlist(waitlisted)}.`
        : `${known}; ${number(chosen)} chosen.`
    },
    submit: (seated: number, waitlisted: number) => {
      if (!waitlisted) return seated ? `Enroll ${students(seated)}` : 'Enroll students'
      return seated
        ? `Enroll ${number(seated)}, waitlist ${number(waitlisted)}`
        : `Add ${students(waitlisted)} to the waitlist`
    },
    submitClasses: (count: number) =>
      count ? plural(count, { one: 'Add to one class', other: `Add to ${number(count)} classes` }) : 'Add to classes',
    beginHint: 'Empty for today, or for the class’s first day when that is still to come',
    fullMeanwhile: (count: number) =>
      plural(count, {
        one: 'One of the classes is full now. Add to its waitlist?',
        other: `${number(count)} of the classes are full now. Add to their waitlists?`,
      }),
    outcomeClasses: (chosen: number, waitlisted: number) =>
      waitlisted
        ? `${number(chosen)} chosen: ${plural(waitlisted, { one: 'one is full and adds to its waitlist', other: `${number(waitlisted)} are full and add to their waitlists` })}.`
        : `${number(chosen)} chosen.`,
    addedToast: (name: string, count: number) =>
      plural(count, { one: `${name} is added to one class`, other: `${name} is added to ${number(count)} classes` }),
    offerWaitlist: (waitlisted: number) =>
      plural(waitlisted, {
        one: 'Add the one without a seat to the waitlist?',
        other: 'Add those without a seat to the waitlist?',
      }),
    noSeat: 'No seat is left.',
    addToWaitlist: 'Add to the waitlist',
    doneToast: enrolledToast(formats),
  }
}

/** Who has a seat through it. */
const movedUp = ({ list, plural }: Formats, done: string, promoted: readonly string[]) => {
  const names = list([...promoted])
  return promoted.length
    ? plural(promoted.length, { one: `${done}; ${names} has the seat`, other: `${done}; ${names} have seats` })
    : done
}

const changing = (formats: Formats) => ({
  actionsFor: (name: string) => `Actions for ${name}`,
  withdraw: 'Withdraw',
  withdrawTitle: (name: string, title: string) => `Withdraw ${name} from ${title}`,
  withdrawSubmit: 'Withdraw from class',
  withdrawnToast: (name: string, title: string, promoted: readonly string[]) =>
    movedUp(formats, `${name} is withdrawn from ${title}`, promoted),
  leavesToast: (name: string, title: string, day: string) => `${name} is in ${title} until ${formats.date(day)}`,
  takeOffTitle: (name: string, title: string) => `Take ${name} off the waitlist of ${title}`,
  takeOffSubmit: 'Take off the waitlist',
  takenOffToast: (name: string, title: string, promoted: readonly string[]) =>
    movedUp(formats, `${name} is off the waitlist of ${title}`, promoted),
  actions: 'Actions',
  reason: 'Reason',
  chooseReason: 'Choose a reason',
  missingReason: 'Choose why the student leaves the class',
  beginDate: 'First day',
  lastDay: 'Last day',
  lastDayHint: 'Today or an earlier day',
  lastDayComing: 'A later day than today is possible: the seat is held until then',
  missingLastDay: 'Enter the last day in the class',
  grade: 'Final grade',
  note: 'Note',
  noteHint: 'What the office wants to remember about it',
  reinstate: 'Reinstate',
  reinstatedToast: (name: string, title: string) => `${name} is back in ${title}`,
  undo: 'Undo',
  undone: 'Undone: everything is as it was before',
  complete: 'Complete',
  completeTitle: (name: string, title: string) => `Complete ${title} for ${name}`,
  completeSubmit: 'Complete class',
  completedToast: (name: string, title: string, promoted: readonly string[]) =>
    movedUp(formats, `${name} has completed ${title}`, promoted),
  edit: 'Edit dates, grade and note',
  editTitle: (name: string, title: string) => `${name} in ${title}`,
  save: 'Save changes',
  savedToast: (name: string) => `Saved ${name}’s enrollment`,
  until: (day: string) => `until ${formats.date(day)}`,
})

const waitlist = ({ list, number, plural }: Formats) => ({
  title: 'Waitlist',
  table: 'Students waiting, first to last',
  takeOff: 'Take off the waitlist',
  takeOffLabel: (name: string) => `Take off the waitlist: ${name}`,
  free: (free: number) => plural(free, { one: 'One seat is free.', other: `${number(free)} seats are free.` }),
  promote: 'Give free seats to those waiting',
  promotedToast: (title: string, names: readonly string[]) => `Enrolled in ${title}: ${list([...names])}`,
  grip: (name: string) => `Place of ${name}`,
  gripHint: 'Drag, or move with the arrow keys; Enter saves, Escape gives the old order back',
  at: (name: string, place: number, of: number) => `${name}: place ${number(place)} of ${number(of)}`,
  nowAt: (name: string, place: number) => `${name} is now at place ${number(place)} of the waitlist`,
  putFirst: 'Put first on the waitlist',
  saveOrder: 'Save the order',
  orderSaved: 'The order of the waitlist is saved',
  oldOrder: 'Old order',
  orderUndone: 'Undone: the order is as it was before',
  nextGetsSeat: (name: string) => `${name} is first on the waitlist and gets the seat.`,
})

const manyAtOnce = (formats: Formats) => {
  const { number, plural } = formats
  const students = (count: number) => plural(count, { one: 'one student', other: `${number(count)} students` })
  return {
    bar: 'Selected students',
    select: 'Select',
    all: 'Select all students in this class',
    move: 'Move to another class',
    moveTitle: (count: number, title: string) => `Move ${students(count)} out of ${title}`,
    moveSubmit: (count: number) => `Move ${students(count)}`,
    moveHint: 'Empty for today. They leave this class the day before',
    enroll: 'Enroll elsewhere too',
    enrollTitle: (count: number) => `Enroll ${students(count)} in a class`,
    intoClass: 'The class',
    missingClass: 'Choose the class first',
    notMoved: (count: number) =>
      plural(count, {
        one: 'Nobody was moved: one student can’t be',
        other: `Nobody was moved: ${number(count)} can’t be`,
      }),
    notEnrolled: (count: number) =>
      plural(count, {
        one: 'Nobody was enrolled: one student can’t be',
        other: `Nobody was enrolled: ${number(count)} can’t be`,
      }),
    moved: (count: number, title: string, promoted: readonly string[]) =>
      movedUp(
        formats,
        plural(count, { one: `One student moved to ${title}`, other: `${number(count)} students moved to ${title}` }),
        promoted,
      ),
    withdraw: 'Withdraw',
    withdrawTitle: (count: number, title: string) => `Withdraw ${students(count)} from ${title}`,
    withdrawSubmit: (count: number) => `Withdraw ${students(count)}`,
    notWithdrawn: (count: number) =>
      plural(count, {
        one: 'Nobody was withdrawn: one student can’t be',
        other: `Nobody was withdrawn: ${number(count)} can’t be`,
      }),
    withdrawn: (count: number, title: string, promoted: readonly string[]) =>
      movedUp(
        formats,
        plural(count, {
          one: `One student is withdrawn from ${title}`,
          other: `${number(count)} students are withdrawn from ${title}`,
        }),
        promoted,
      ),
    enrollInClass: 'Enroll in a class',
    print: 'Print',
    withdrawFromClass: 'Withdraw from a class',
    outOfTitle: (count: number) => `Withdraw ${students(count)} from a class`,
    inIt: (count: number, chosen: number, title: string) =>
      count === 0 ? `None of them is in ${title}.` : `${number(count)} of ${number(chosen)} are in ${title}.`,
    undone: 'Undone: everybody is where they were before',
  }
}

export const enrollments = (formats: Formats) => ({
  reasons,
  enroll: enrolling(formats),
  collision: colliding(formats),
  change: changing(formats),
  many: manyAtOnce(formats),
  waitlist: waitlist(formats),
})
