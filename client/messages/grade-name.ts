import type { Words } from './catalog.ts'

/** In words, 'Grade 7'; a code of the school's own as it came. */
export const gradeName = (code: string, { grades }: Pick<Words['student'], 'grades'>): string => grades[code] ?? code
/** For a narrow column: '7', 'KG'. */
export const gradeCode = (code: string | null): string => (code && /^0\d$/.test(code) ? code.slice(1) : (code ?? ''))
