import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** All that is read or heard on the page: its text, the names of things, and what empty fields say. */
function textsOf(): string[] {
  const told = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription']
  const named = [...document.querySelectorAll(told.map((name) => `[${name}]`).join())].flatMap((element) =>
    told.map((name) => element.getAttribute(name) ?? ''),
  )
  const choices = [...document.querySelectorAll('option')].map(({ textContent }) => textContent)
  return [document.title, document.body.innerText, ...named, ...choices]
}

const marked = /⟦[^⟦⟧]*⟧/g
/** What is data, or the same in every language. */
const known = [
  /\S+@\S+\.example/g,
  /\bHomeroom\b/g,
  // Where times are told of, and the codes of grades as they are stored.
  /\bEurope\/London\b|\(London\)|\bar-XB\b/g,
  /\bKG\b/g,
]

/** What no catalog said, and what one sentence of a catalog says inside another. */
export function notTranslated(texts: readonly string[], data: readonly RegExp[] = []): string[] {
  return texts.flatMap((text) => {
    const bare = [...known, ...data].reduce((rest, pattern) => rest.replace(pattern, ''), text.replace(marked, ' '))
    const nested = /⟦|⟧/.test(bare) ? [`one sentence in another: ${text.slice(0, 300)}`] : []
    return [...nested, ...bare.split('\n').filter((line) => /[a-z]{2}/i.test(line))]
  })
}

/** By how much the page, a part of it or a dialog is wider than its place. */
function widerBy(): string[] {
  return [document.documentElement, ...document.querySelectorAll('main, [role=dialog]')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
    .map(
      ({ tagName, className, scrollWidth, clientWidth }) => `${tagName} ${className}: ${scrollWidth} in ${clientWidth}`,
    )
}

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }

/** The screen says nothing in English, is not wider than its window, and shuts nobody out. */
export async function checkScreen(page: Page, screen: string, data: readonly RegExp[] = []): Promise<void> {
  const said = async () => (await page.evaluate(textsOf)).join().match(marked)?.length ?? 0
  await expect.poll(said, { message: `${screen} says something` }).toBeGreaterThan(2)
  const texts = await page.evaluate(textsOf)
  expect.soft(notTranslated(texts, data), screen).toEqual([])
  for (const size of [narrow, wide]) {
    await page.setViewportSize(size)
    const isDrawn = { message: `${screen}, ${size.width} wide`, intervals: [20] }
    await expect.poll(() => page.evaluate(widerBy), isDrawn).toEqual([])
  }
}
