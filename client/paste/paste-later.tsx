import { lazy } from 'react'
import { part } from '../part.ts'
import type { FormValues } from '../records/form-shape.ts'
import type { AnyRecord } from '../records/record-kind.ts'
import type { PasteKind } from './paste-kind.ts'

const load = part(() => import('./paste-page.tsx'))
const Page = lazy(async () => ({ default: (await load()).PastePage }))

/** A kind's page for pasting. Its form is loaded without what pasting takes. */
export const PastePage = <R extends AnyRecord, V extends FormValues>(props: PasteKind<R, V>) => <Page {...props} />
