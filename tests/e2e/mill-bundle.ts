/** The files of an invented system, and the hand that drops them. */
import type { Page } from '@playwright/test'
import { zipOf } from '../../client/imports/pack.ts'

export const row = (...cells: string[]) => cells.map((cell) => `"${cell}"`).join(',')
export const file = (head: string, ...rows: string[]) => `${[head, ...rows].join('\r\n')}\r\n`
export const user = (id: string, role: string, given: string, family: string, email: string, grade = '') =>
  row(
    id,
    '',
    '',
    'TRUE',
    '03100500',
    role,
    `${given}.${family}`,
    '',
    given,
    family,
    '',
    id,
    email,
    '',
    '',
    '',
    grade,
    'Winter2026!',
  )

/** As ClassLink exports: every cell quoted, the district known as 0, ids with zeros in front, and a password for everybody. */
export function bundle(people: string[], enrollments: string[]): Record<string, string> {
  const on = 'sourcedId,status,dateLastModified'
  return {
    'manifest.csv': file(
      'propertyName,value',
      ...['manifest.version,1.0', 'oneroster.version,1.1', 'source.systemName,Mill Roster', 'source.systemCode,mill'],
      ...['orgs', 'academicSessions', 'courses', 'classes', 'users', 'enrollments'].map((name) => `file.${name},bulk`),
    ),
    'orgs.csv': file(
      `${on},name,type,identifier,parentSourcedId`,
      row('0', '', '', 'Mill District', 'district', '', ''),
      row('03100500', '', '', 'Northgate High School', 'school', '', '0'),
    ),
    'academicSessions.csv': file(
      `${on},title,type,startDate,endDate,parentSourcedId,schoolYear`,
      row('fall', '', '', 'Imported term', 'term', '2030-08-19', '2030-12-20', '', '2031'),
    ),
    'courses.csv': file(
      `${on},schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes`,
      row('art', '', '', '', 'Art', 'ART', '06', '03100500', '', ''),
    ),
    'classes.csv': file(
      `${on},title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods`,
      row('c1', '', '', 'Art 6', '06', 'art', 'A6', 'Scheduled', 'Studio', '03100500', 'fall', '', '', ''),
    ),
    'users.csv': file(
      `${on},enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password`,
      ...people,
    ),
    'enrollments.csv': file(
      `${on},classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate`,
      ...enrollments,
    ),
  }
}
export const enrolled = (id: string, userId: string, classId = 'c1') =>
  row(id, '', '', classId, '03100500', userId, 'student', 'false', '', '')

export async function drop(page: Page, files: Record<string, string>, asZip: boolean): Promise<void> {
  const chosen = Object.entries(files).map(([name, content]) => ({ name, file: new File([content], name) }))
  const zip = async () => Buffer.from(await (await zipOf(chosen)).arrayBuffer())
  const payload = asZip
    ? [{ name: 'mill.zip', mimeType: 'application/zip', buffer: await zip() }]
    : Object.entries(files).map(([name, content]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) }))
  await page.locator('input[accept=".zip,.csv"]').setInputFiles(payload)
}
