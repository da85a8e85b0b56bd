/** The school year is fixed, so that the demo is the same on every day. */
import type { academicSessionTypes } from '../../db/values.ts'

export const grades = ['09', '10', '11', '12'] as const

interface Subject {
  department: string
  code: string
  courses: [string, string, string, string]
  terms: readonly ('fall' | 'spring')[]
}
const wholeYear = ['fall', 'spring'] as const

export const subjects: readonly Subject[] = [
  {
    department: 'English',
    code: 'ENG',
    courses: ['English 9', 'World Literature', 'American Literature', 'English Composition'],
    terms: wholeYear,
  },
  {
    department: 'Mathematics',
    code: 'MAT',
    courses: ['Algebra 1', 'Geometry', 'Algebra 2', 'Calculus'],
    terms: wholeYear,
  },
  {
    department: 'Science',
    code: 'SCI',
    courses: ['Biology', 'Chemistry', 'Physics', 'Environmental Science'],
    terms: wholeYear,
  },
  {
    department: 'Social Studies',
    code: 'SOC',
    courses: ['World Geography', 'World History', 'United States History', 'Government and Economics'],
    terms: wholeYear,
  },
  {
    department: 'World Languages',
    code: 'LAN',
    courses: ['Spanish 1', 'Spanish 2', 'Spanish 3', 'Spanish 4'],
    terms: wholeYear,
  },
  {
    department: 'Arts',
    code: 'ART',
    courses: ['Drawing', 'Choir', 'Ceramics', 'Photography'],
    terms: ['spring'],
  },
  {
    department: 'Physical Education',
    code: 'PHE',
    courses: ['Physical Education 9', 'Physical Education 10', 'Health', 'Team Sports'],
    terms: ['fall'],
  },
]

export const programs = [
  { name: 'High School Diploma', type: 'diploma', department: null },
  { name: 'International Studies', type: 'certificate', department: 'World Languages' },
  { name: 'Engineering Pathway', type: 'certificate', department: 'Science' },
] as const

interface Session {
  key: 'year' | 'fall' | 'spring'
  title: string
  type: (typeof academicSessionTypes)[number]
  startDate: string
  endDate: string
}
export const sessions: readonly Session[] = [
  { key: 'year', title: '2026-27', type: 'schoolYear', startDate: '2026-08-31', endDate: '2027-06-18' },
  { key: 'fall', title: 'Fall 2026', type: 'semester', startDate: '2026-08-31', endDate: '2027-01-29' },
  { key: 'spring', title: 'Spring 2027', type: 'semester', startDate: '2027-02-01', endDate: '2027-06-18' },
]

export const periods = [
  ['08:30', '09:15'],
  ['09:20', '10:05'],
  ['10:10', '10:55'],
  ['11:00', '11:45'],
  ['12:30', '13:15'],
  ['13:20', '14:05'],
  ['14:10', '14:55'],
] as const
