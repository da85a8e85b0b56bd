import { call, reading, router, writing } from '../trpc.ts'
import { applyImport, cancelImport, compareImport } from './decide.ts'
import {
  applyImportInput,
  compareImportInput,
  importChangesInput,
  importFindingsInput,
  importMissingInput,
  importOperationInput,
  importSourceFindingsInput,
  oneImportInput,
} from './input.ts'
import { importMissing } from './missing.ts'
import { getImport, importChanges, importFindings, listImports } from './read.ts'
import { sourceFindings } from './sources.ts'
import { previewUndo, undoImport } from './undo.ts'

/** A bundle itself comes by a route of its own: it is no JSON, and larger than a call may be. */
export const importsRouter = router({
  list: reading('import.run').query(({ ctx }) => listImports(ctx)),
  get: reading('import.run').input(oneImportInput).query(call(getImport)),
  changes: reading('import.run').input(importChangesInput).query(call(importChanges)),
  findings: reading('import.run').input(importFindingsInput).query(call(importFindings)),
  missing: reading('import.run').input(importMissingInput).query(call(importMissing)),
  sourceFindings: reading('import.run').input(importSourceFindingsInput).query(call(sourceFindings)),
  compare: writing('import.run').input(compareImportInput).mutation(call(compareImport)),
  bringIn: writing('import.run').input(applyImportInput).mutation(call(applyImport)),
  cancel: writing('import.run').input(oneImportInput).mutation(call(cancelImport)),
  previewUndo: reading('import.run').input(importOperationInput).query(call(previewUndo)),
  undo: writing('import.run').input(importOperationInput).mutation(call(undoImport)),
})
