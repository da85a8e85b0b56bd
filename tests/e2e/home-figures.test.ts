import type { Page } from '@playwright/test'
import { checkAccessInFull as check } from './check-access.ts'
import { ann, ida } from './people.ts'
import { ask, expect, ownSite, signIn, test } from './test.ts'

const own = ownSite()
const at = (path: string) => `${own.url}/northgate/${path}`

/** New students of one family name, by id. */
async function addStudents(page: Page, familyName: string, count: number) {
  const items = Array.from({ length: count }, (_, n) => ({ givenName: `N${n}`, familyName, gradeLevel: '09' }))
  const { outcomes } = await ask<{ outcomes: { id: string }[] }>(page, own.url, 'students.createMany', { items })
  return outcomes.map(({ id }) => id)
}

test('an instructor reads how many joined a class and how many left, not each of them', async ({ page, otherPage }) => {
  await signIn(page.context(), own.url, ann)
  await page.goto(at('classes'))
  const biology = await page.getByRole('link', { name: 'Biology 10B' }).getAttribute('href')
  const classId = biology?.split('/').at(-1) ?? ''
  await ask(page, own.url, 'classes.update', { id: classId, version: 1, capacity: 30 })
  const studentIds = await addStudents(page, 'Joiner', 12)
  await ask(page, own.url, 'classes.enroll', { classId, studentIds, beginDate: '2024-09-02' })

  await signIn(otherPage.context(), own.url, ida)
  await otherPage.goto(at('home'))
  const news = otherPage.getByRole('list', { name: 'Your rosters since yesterday' })
  await expect(news.getByRole('listitem')).toHaveText(['12 students joined Biology 10B'])
  await check(otherPage, 'news of an instructor')
  await news.getByRole('link', { name: 'Biology 10B' }).click()
  await expect(otherPage.getByRole('link', { name: 'Joiner, N11' })).toBeVisible()
})
