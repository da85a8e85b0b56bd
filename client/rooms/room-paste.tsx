import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-page.tsx'
import { roomForm } from './room-form-screens.tsx'
import { roomKind } from './room-kind.ts'

const useFields = ({ text }: CellReads) => [text('name'), text('seats')]

export const PastePage = () => <Paste kind={roomKind} shape={roomForm} useFields={useFields} />
