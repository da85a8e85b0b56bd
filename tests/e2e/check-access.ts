import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { isShort } from '../thorough.ts'
import { expect } from './test.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** All rules that look at colors. What the others look at is the same in both schemes. */
const ofColors = ['color-contrast', 'link-in-text-block']

const schemes = ['light', 'dark'] as const

/** What axe finds wrong, in light and what the colors are to blame for in dark. */
export async function checkAccess(
  page: Page,
  screen: string,
  colorSchemes: readonly (typeof schemes)[number][] = schemes,
): Promise<void> {
  // Half a megabyte of script: each document takes it once, for both colors and every later check of it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  for (const colorScheme of colorSchemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const runOnly = colorScheme === 'light' ? { type: 'tag', values: tags } : { type: 'rule', values: ofColors }
    const { violations } = await page.evaluate(
      (chosen) =>
        (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
          runOnly: chosen,
          resultTypes: ['violations'],
        }),
      runOnly,
    )
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
    expect(found, `${screen}, ${colorScheme}`).toEqual([])
  }
}

/** As `checkAccess`, in check:full alone: there axe looks at every screen that a test comes by. */
export const checkAccessInFull: typeof checkAccess = async (...asked) => {
  if (!isShort) await checkAccess(...asked)
}
